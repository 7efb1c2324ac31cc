/// A connector to a database that lets one session write at a time, whose writers in this process stand in line.
///
/// The engine waits for the turn before it checks a connection out for a transaction that writes. So those who wait to
/// write keep no connection from those who read, and each writer gets the connection of the last one, which has the pages
/// that it needs.
///
/// The turn is a matter of order and speed. Whether a session may write is its own lock's to say, which statements outside of
/// such transactions take as well.
public protocol WriterQueueing: Connector {
    /// Runs `body` when everybody who came earlier has had the turn.
    ///
    /// - Throws: `DatabaseError` with code `lockTimeout` when it takes too long, and with `cancelled`, both before `body` is
    ///   run; and whatever `body` throws.
    func withWriterTurn<Result>(_ body: () async throws -> Result) async throws -> Result
}
