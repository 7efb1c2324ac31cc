/// A connection that hears what other sessions say on named channels.
public protocol NotificationListening: Connection {
    /// Starts to listen on a channel, whose name is an unquoted identifier.
    ///
    /// What is said from now on is kept until `nextNotification()` asks for it. `reset()` ends the listening.
    ///
    /// - Throws: `DatabaseError`.
    func listen(on channel: String) async throws(DatabaseError)

    /// Stops to listen on a channel.
    ///
    /// - Throws: `DatabaseError`.
    func stopListening(on channel: String) async throws(DatabaseError)

    /// The next notification on any channel that is listened on; waits for one.
    ///
    /// - Throws: `DatabaseError`, with code `cancelled` when the task is cancelled and `connectionLost` when the session
    ///   breaks: what was said in between is lost.
    func nextNotification() async throws(DatabaseError) -> DatabaseNotification

    /// Says something on a channel: at the commit inside a transaction, at once outside one.
    ///
    /// - Throws: `DatabaseError`, with code `valueOutOfRange` for a payload that is too long.
    func notify(_ channel: String, payload: String) async throws(DatabaseError)
}

/// What a session said on a channel.
public struct DatabaseNotification: Sendable, Hashable {
    /// The channel's name.
    public let channel: String
    /// The text that was said, possibly empty.
    public let payload: String

    /// Makes a notification.
    public init(channel: String, payload: String) {
        self.channel = channel
        self.payload = payload
    }
}
