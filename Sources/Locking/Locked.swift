#if canImport(Glibc)
public import Glibc
#elseif canImport(Musl)
public import Musl
#else
public import Darwin
#endif

// Unchecked: every access to the value is between lock and unlock of the mutex, and neither ever moves.
/// A value behind a lock; copies share both.
///
/// Public, although no product has it: a function that is only the package's is not inlined in another module, and the pool
/// takes a lock for each checkout.
///
/// A POSIX mutex, because Thread Sanitizer does not understand `Synchronization.Mutex` on Linux and reports races that
/// are none. Never held across an `await`: `withLock` takes no asynchronous closure.
public struct Locked<Value: ~Copyable>: @unchecked Sendable {
    /// The mutex and the value.
    public let storage: LockedStorage<Value>

    /// Makes a lock around a value.
    @inlinable
    public init(_ value: consuming sending Value) {
        storage = LockedStorage.make(around: value)
    }

    /// Runs `body` under the lock.
    ///
    /// It must be short and call nothing that may take the lock again.
    @inlinable @inline(__always)
    public func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withUnsafeMutablePointers { mutex, value throws(Failure) in
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    }
}

/// The mutex and the value behind it, in one allocation.
public final class LockedStorage<Value: ~Copyable>: ManagedBuffer<pthread_mutex_t, Value> {
    /// Allocates both, and moves the value there.
    @inlinable
    public static func make(around value: consuming Value) -> LockedStorage<Value> {
        let buffer = unsafeDowncast(
            Self.create(minimumCapacity: 1) { _ in pthread_mutex_t() },
            to: LockedStorage<Value>.self
        )
        buffer.withUnsafeMutablePointerToHeader { mutex in
            let status = initializeLock(mutex)
            precondition(status == 0, "pthread_mutex_init failed with \(status)")
        }
        let place = buffer.withUnsafeMutablePointerToElements { $0 }
        place.initialize(to: value)
        return buffer
    }

    @inlinable
    deinit {
        withUnsafeMutablePointers { mutex, value in
            pthread_mutex_destroy(mutex)
            value.deinitialize(count: 1)
        }
    }
}

/// Makes a mutex that is held for less time than a thread needs to go to sleep and wake up; returns the system's error.
@usableFromInline
func initializeLock(_ mutex: UnsafeMutablePointer<pthread_mutex_t>) -> Int32 {
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    defer { pthread_mutexattr_destroy(&attributes) }
    #if canImport(Glibc)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_ADAPTIVE_NP))
    #endif
    return pthread_mutex_init(mutex, &attributes)
}
