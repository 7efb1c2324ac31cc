public import DialectCore
public import Logging

/// The dialect of `MockDatabase`, for the URL scheme `mock`.
public struct MockDialect: Dialect {
    /// The name for people.
    public static let name = "Mock"
    /// The URL schemes.
    public static let schemes = ["mock"]

    /// Makes the dialect.
    public init() {}

    /// A registry that has this dialect only.
    public static func registry() throws(DatabaseError) -> DialectRegistry { try DialectRegistry([MockDialect.self]) }

    /// Everything that the engine asks for.
    public var features: Set<DialectFeature> { [.savepoints, .readOnlyTransactions, .rowStreaming] }

    /// Two connections and no ping, so that logs are short.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration {
        PoolConfiguration(maximumSize: 2, maximumOverflow: 0, maximumAge: nil, pingAfterIdle: nil)
    }

    /// Quotes nothing.
    public func quote(_ identifier: Identifier) -> String { identifier.description }

    /// Question marks.
    public func placeholder(at position: Int) -> String { "?" }

    /// Swift's own words.
    public func literal(_ value: SQLValue) -> String { "\(value)" }

    /// Swift's own words.
    public func spelling(of type: ColumnType) -> String { "\(type)" }

    /// Nothing.
    public func statements(for operation: SchemaOperation, in model: SchemaModel) -> [Statement] { [] }

    /// Classifies nothing.
    public func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, native.message) }

    /// Finds the database by its name.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        guard let database = MockDatabase.named(url.database) else {
            throw DatabaseError(.invalidURL, "There is no mock database '\(url.database ?? "")'.")
        }
        return MockConnector(database: database)
    }
}

private struct MockConnector: Connector {
    let database: MockDatabase

    func connect() async throws(DatabaseError) -> any Connection {
        try await database.perform(.connect)
        let number = database.state.withLock { state in
            state.connections += 1
            state.openConnections.insert(state.connections)
            return state.connections
        }
        return database.state.withLock { $0.isStarting }
            ? StartingMockConnection(number: number, database: database)
            : MockConnection(number: number, database: database)
    }
}
