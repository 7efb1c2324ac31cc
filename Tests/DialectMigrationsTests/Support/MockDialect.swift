import DialectCore
import Logging

/// A dialect whose schema operations are short texts that `MockDatabase` understands.
struct MockDialect: InlineIndexing {
    static let name = "Mock"
    static let schemes = ["mock"]

    var features: Set<DialectFeature> = [.exclusiveWriteTransactions, .transactionalDDL, .savepoints]

    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }

    func quote(_ identifier: Identifier) -> String { identifier.description }

    func placeholder(at position: Int) -> String { "?" }

    func literal(_ value: SQLValue) -> String {
        if case .text(let text) = value { "'\(text)'" } else { "\(value)" }
    }

    func spelling(of type: ColumnType) -> String { "\(type)" }

    func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        switch operation {
        case .createTable(let table, let ifNotExists):
            return ["CREATE TABLE \(unsafe: ifNotExists ? "IF NOT EXISTS " : "")\(identifier: table.name)"]
        case .dropTable(let table): return ["DROP TABLE \(identifier: table)"]
        // One operation that takes two statements.
        case .createIndex(let index, _): return ["CHECK \(identifier: index.name)", "INDEX \(identifier: index.name)"]
        default: throw DatabaseError(.unsupportedFeature, "Mock cannot \(operation.summary).")
        }
    }

    func statement(creating table: Table, with indexes: [Index]) throws(DatabaseError) -> Statement {
        "CREATE WITH \(unsafe: indexes.map(\.name).joined(separator: " ")) TABLE \(identifier: table.name)"
    }

    func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, native.message) }

    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        throw DatabaseError(.invalidURL, "Mock has no connector.")
    }
}
