public import DialectCore
internal import Locking

/// Calls that block and must not hold up a reactor: each runs on a thread of its own, which ends with it.
///
/// For what a connection needs now and then, such as asking for a host's address or for the end of a statement.
public enum BlockingCall {
    /// Starts a call.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread.
    public static func start(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
        let code = startDetachedThread(body)
        guard code == 0 else {
            throw DatabaseError(
                .connectionFailed,
                "The system refused a thread for a call that blocks (error \(code)); raise the process's limits.",
                vendorCode: Int(code)
            )
        }
    }
}
