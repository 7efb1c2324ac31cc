import Foundation

/// A value that is reached only while a lock is held, for mocks.
public final class Guarded<State: Sendable>: @unchecked Sendable {
    // Unchecked, because the compiler cannot see that `state` is touched between lock and unlock only.
    private let lock = NSLock()
    private var state: State

    /// Guards a value.
    public init(_ state: State) { self.state = state }

    /// Runs `body` while nobody else has the value.
    public func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&state)
    }
}
