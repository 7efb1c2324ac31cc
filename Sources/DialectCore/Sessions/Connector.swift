/// Opens sessions with one database.
///
/// Holds what those sessions share, such as a queue of writers.
///
/// An engine has one connector and gives it to nobody else.
public protocol Connector: Sendable {
    /// Opens a session that is ready for its first statement.
    ///
    /// Must honour task cancellation, and must leave nothing open when it throws.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed`, `authenticationFailed`, `permissionDenied`,
    ///   `storageCorrupt` or `cancelled`.
    func connect() async throws(DatabaseError) -> any Connection

    /// The executor that every connection of the connector prefers, or nil when they prefer different ones or none.
    ///
    /// A task that changes to it before it waits for a connection goes on there when it gets one. Nil by default.
    var preferredExecutor: (any TaskExecutor)? { get }
}

extension Connector {
    /// None.
    public var preferredExecutor: (any TaskExecutor)? { nil }
}
