#if canImport(Darwin)
public import Darwin
#elseif canImport(Musl)
public import Musl
#else
public import Glibc
#endif

// Unchecked: `state` is touched only between lock and unlock of `mutex`, and both C objects live at addresses that do
// not change until `deinit`, when no thread can be inside.
/// A value that threads change under a lock, and whose changes a thread can wait for.
///
/// It is made of a POSIX mutex and condition, because Thread Sanitizer understands these on every platform. Public for the
/// reason that `Locked` is.
public final class Monitor<State: Sendable>: @unchecked Sendable {
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let condition: UnsafeMutablePointer<pthread_cond_t>
    @usableFromInline var state: State

    /// Makes a lock around a state.
    @inlinable
    public init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        let status = initializeLock(mutex)
        precondition(status == 0 && pthread_cond_init(condition, nil) == 0)
    }

    @inlinable
    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` under the lock.
    ///
    /// It must be short and call nothing that may take the lock again.
    @inlinable
    public func withLock<Value>(_ body: (inout State) -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Runs `body` under the lock until it returns a value, and blocks the thread between the attempts.
    @inlinable
    public func wait<Value>(for body: (inout State) -> Value?) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let value = body(&state) { return value }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Lets one waiting thread try again.
    @inlinable
    public func signal() { pthread_cond_signal(condition) }

    /// Lets every waiting thread try again.
    @inlinable
    public func broadcast() { pthread_cond_broadcast(condition) }
}
