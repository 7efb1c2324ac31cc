#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A value that threads change under a lock, and whose changes a thread can wait for.
///
/// It is made of a POSIX mutex and condition, because Thread Sanitizer understands these on every platform.
///
/// Sendable: `state` is touched only between lock and unlock of `mutex`, and both C objects live at addresses that do
/// not change until `deinit`, when no thread can be inside.
package final class Monitor<State: Sendable>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    /// Makes a lock around a state.
    package init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        precondition(pthread_mutex_init(mutex, nil) == 0 && pthread_cond_init(condition, nil) == 0)
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` under the lock.
    ///
    /// It must be short and call nothing that may take the lock again.
    package func withLock<Value>(_ body: (inout State) -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Runs `body` under the lock until it returns a value, and blocks the thread between the attempts.
    package func wait<Value>(for body: (inout State) -> Value?) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let value = body(&state) { return value }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Lets one waiting thread try again.
    package func signal() {
        pthread_cond_signal(condition)
    }

    /// Lets every waiting thread try again.
    package func broadcast() {
        pthread_cond_broadcast(condition)
    }
}
