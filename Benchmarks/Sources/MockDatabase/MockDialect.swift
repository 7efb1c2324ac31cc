package import DialectCore
package import Logging

/// A dialect without a database: opening a connection and holding it take as long as the URL says.
///
/// `mock://local/?connect=5&hold=1` takes 5 ms to open a connection, and 1 ms to run a statement, both 0 by default.
package struct MockDialect: Dialect {
    package init() {}

    package static let name = "Mock"
    package static let schemes = ["mock"]

    package var features: Set<DialectFeature> { [] }

    package func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }
    package func quote(_ identifier: Identifier) -> String { identifier.description }
    package func placeholder(at position: Int) -> String { "?" }
    package func literal(_ value: SQLValue) -> String { "\(value)" }
    package func spelling(of type: ColumnType) -> String { "\(type)" }
    package func statements(for operation: SchemaOperation, in model: SchemaModel) -> [Statement] { [] }
    package func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, native.message) }

    package func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        MockConnector(connect: try milliseconds("connect", of: url), hold: try milliseconds("hold", of: url))
    }

    private func milliseconds(_ name: String, of url: DatabaseURL) throws(DatabaseError) -> Duration {
        guard let text = try url.query.single(name) else { return .zero }
        guard let milliseconds = Double(text), milliseconds >= 0 else {
            throw DatabaseError(.invalidURL, "The mock's \(name) is '\(text)'; write milliseconds, such as 0.5.")
        }
        return .microseconds(Int64(milliseconds * 1000))
    }
}

private struct MockConnector: Connector {
    let connect: Duration
    let hold: Duration

    func connect() async throws(DatabaseError) -> any Connection {
        try await pause(connect)
        return MockConnection(hold: hold)
    }
}

/// A session that is always clean, so that the pool's own work is all there is.
private final class MockConnection: Connection {
    let hold: Duration

    init(hold: Duration) { self.hold = hold }

    var preferredExecutor: (any TaskExecutor)? { nil }
    var isLost: Bool { false }
    var isClean: Bool { true }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await pause(hold)
        return StatementResult()
    }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {}
    func commit() async throws(DatabaseError) {}
    func rollBack() async throws(DatabaseError) {}
    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {}
    func ping() async throws(DatabaseError) {}
    func reset() async throws(DatabaseError) {}
    func close() async {}
}

/// Takes that long; nothing at all for zero.
private func pause(_ duration: Duration) async throws(DatabaseError) {
    guard duration > .zero else { return }
    do { try await Task.sleep(for: duration) } catch {
        throw DatabaseError(.cancelled, "The task was cancelled while the mock paused.")
    }
}
