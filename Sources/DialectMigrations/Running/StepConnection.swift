internal import DialectCore

/// The connection as a data operation sees it: all but the calls that would end the transaction.
///
/// Often the transaction is the migration lock, and always it holds what is recorded together with the operation's work,
/// so a data operation that ended it could let another migrator in and leave half a migration behind.
protocol StepConnection: Connection {
    var connection: any Connection { get }
}

extension StepConnection {
    var preferredExecutor: (any TaskExecutor)? { connection.preferredExecutor }

    var isLost: Bool { connection.isLost }

    var isClean: Bool { connection.isClean }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await connection.execute(statement)
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) { try await connection.savepoint(action) }

    func ping() async throws(DatabaseError) { try await connection.ping() }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) { throw refusal("begin") }

    func commit() async throws(DatabaseError) { throw refusal("commit") }

    func rollBack() async throws(DatabaseError) { throw refusal("rollBack") }

    func reset() async throws(DatabaseError) { throw refusal("reset") }

    /// Does nothing: the connection is the migrator's.
    func close() async {}

    private func refusal(_ call: String) -> DatabaseError {
        DatabaseError(
            .invalidTransactionState,
            "A data operation cannot call \(call): it runs in the migrator's transaction. "
                + "Use a savepoint, or throw to undo the whole migration."
        )
    }
}

/// Wraps a connection, with its capabilities, for a data operation.
func guarding(_ connection: any Connection) -> any Connection {
    if let streaming = connection as? any RowStreaming { return StreamingStepConnection(streaming) }
    return PlainStepConnection(connection)
}

private final class PlainStepConnection: StepConnection {
    let connection: any Connection

    init(_ connection: any Connection) { self.connection = connection }
}

private final class StreamingStepConnection: StepConnection, RowStreaming {
    private let streaming: any RowStreaming
    var connection: any Connection { streaming }

    init(_ streaming: any RowStreaming) { self.streaming = streaming }

    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        try await streaming.openCursor(statement)
    }
}
