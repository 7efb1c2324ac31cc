#if MySQL
/// The request to cancel one call, and no other.
///
/// A task may be cancelled at any moment and from any thread, also while its call ends and the next one begins. So each call
/// has a number, and a request names the call that it is for.
// Unchecked: touched on the reactor's thread only.
final class MySQLCancelSignal: @unchecked Sendable {
    private var call: UInt64 = 0
    private var isOpen = false
    private(set) var isRequested = false

    /// Begins a call; returns its number.
    func open() -> UInt64 {
        call += 1
        isOpen = true
        isRequested = false
        return call
    }

    /// Ends the call; requests that come later have no effect.
    func close() { isOpen = false }

    /// Requests the end of a call; returns whether it is still running.
    func request(_ number: UInt64) -> Bool {
        guard isOpen, number == call else { return false }
        isRequested = true
        return true
    }
}
#endif
