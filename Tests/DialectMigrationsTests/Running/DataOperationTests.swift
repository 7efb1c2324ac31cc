import DialectCore
import DialectMigrations
import Testing

@Suite struct DataOperationTests {
    private func chain(
        _ body: @escaping @Sendable (any Connection) async throws(DatabaseError) -> Void
    ) throws -> MigrationChain {
        try .test([TestStep("001"), TestStep("002", after: "001", upgrade: [.data(summary: "move the rows", body)])])
    }

    @Test func aDataOperationWorksInTheTransactionAndSeesEarlierSteps() async throws {
        let database = MockDatabase()
        let chain = try chain { (connection) throws(DatabaseError) in
            _ = try await connection.execute("SELECT * FROM t_001")
            try await connection.savepoint(.set("here"))
            _ = try await connection.execute("MOVE")
            try await connection.ping()
        }
        let connection = MockConnection(database)
        try await Migrator(chain, connection).upgrade()
        #expect(await database.committed.notes == ["MOVE"])
        #expect(await connection.calls.contains("PING"))
    }

    /// Ways to end the migrator's transaction.
    enum Ending: CaseIterable {
        case begin, commit, rollBack, reset

        func run(_ connection: any Connection) async throws(DatabaseError) {
            switch self {
            case .begin: try await connection.begin(.readWrite)
            case .commit: try await connection.commit()
            case .rollBack: try await connection.rollBack()
            case .reset: try await connection.reset()
            }
        }
    }

    @Test(arguments: Ending.allCases) func aDataOperationCannotEndTheTransaction(_ ending: Ending) async throws {
        let database = MockDatabase()
        let chain = try chain { (connection) throws(DatabaseError) in try await ending.run(connection) }
        let connection = MockConnection(database)
        let error = await failure { () async throws(DatabaseError) in
            try await Migrator(chain, connection).upgrade()
        }
        #expect(error?.code == .invalidTransactionState)
        #expect(error?.message.contains("cannot call \(ending)") == true)
        #expect(await database.committed == .init())
        #expect(await connection.calls.filter { $0 == "BEGIN" }.count == 1)
    }

    @Test func aDataOperationCannotCloseTheConnection() async throws {
        let connection = MockConnection(MockDatabase())
        let chain = try chain { (connection) throws(DatabaseError) in await connection.close() }
        try await Migrator(chain, connection).upgrade()
        #expect(await !connection.calls.contains("CLOSE"))
    }

    @Test func aDataOperationStreamsWhereTheConnectionDoes() async throws {
        let chain = try chain { (connection) throws(DatabaseError) in
            guard let streaming = connection as? any RowStreaming else {
                throw DatabaseError(.unsupportedFeature, "No streaming.")
            }
            await (try await streaming.openCursor("SELECT * FROM t_001")).close()
        }
        let streaming = StreamingConnection(MockDatabase())
        try await Migrator(chain, streaming).upgrade()
        let plain = MockConnection(MockDatabase())
        let error = await failure { () async throws(DatabaseError) in try await Migrator(chain, plain).upgrade() }
        #expect(error?.code == .unsupportedFeature)
    }
}

/// A mock that can open a cursor, which has no rows.
private actor StreamingConnection: RowStreaming {
    private struct EmptyCursor: RowCursor {
        func nextBatch(limit: Int) -> Rows? { nil }
        func close() {}
    }

    nonisolated let preferredExecutor: (any TaskExecutor)? = nil
    nonisolated let isLost = false
    nonisolated let isClean = false
    private let plain: MockConnection

    init(_ database: MockDatabase) { plain = MockConnection(database) }

    func openCursor(_ statement: Statement) -> any RowCursor { EmptyCursor() }
    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await plain.execute(statement)
    }
    func begin(_ options: TransactionOptions) async throws(DatabaseError) { try await plain.begin(options) }
    func commit() async throws(DatabaseError) { try await plain.commit() }
    func rollBack() async throws(DatabaseError) { try await plain.rollBack() }
    func savepoint(_ action: SavepointAction) async { await plain.savepoint(action) }
    func ping() async { await plain.ping() }
    func reset() async { await plain.reset() }
    func close() async { await plain.close() }
}
