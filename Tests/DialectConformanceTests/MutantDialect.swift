#if SQLite
import DialectCore
import DialectSQLite
import Foundation
import Logging

/// SQLite with one thing broken, or none.
struct MutantDialect: RebuildPlanning {
    /// What dialects are broken by that are made by `init()`, as a registry makes them.
    @TaskLocal static var mutant: Mutant?

    static var name: String { "Mutant" }
    static var schemes: [String] { SQLiteDialect.schemes }

    private let inner = SQLiteDialect()
    let mutant: Mutant?

    init() { self.init(Self.mutant) }

    init(_ mutant: Mutant?) { self.mutant = mutant }

    var features: Set<DialectFeature> {
        let features = inner.features.union([.bulkInsert, .sessionLocks, .statementStarting])
        return switch mutant {
        case .declaresFeatureItLacks: features.union([.notifications])
        case .hidesFeatureItHas: features.subtracting([.returning])
        default: features
        }
    }

    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { inner.poolDefaults(for: url) }

    func quote(_ identifier: Identifier) -> String {
        mutant == .unquotedIdentifiers ? identifier.description : inner.quote(identifier)
    }

    func placeholder(at position: Int) -> String { inner.placeholder(at: position) }

    func literal(_ value: SQLValue) throws(DatabaseError) -> String {
        let literal = try inner.literal(value)
        return mutant == .escapesNothing ? literal.replacing("''", with: "'") : literal
    }

    func spelling(of type: ColumnType) throws(DatabaseError) -> String { inner.spelling(of: type) }

    func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        if mutant == .forgetsConditions, case .createIndex(var index, _) = operation {
            index.condition = nil
            return try inner.statements(for: .createIndex(index), in: model)
        }
        return try inner.statements(for: operation, in: model)
    }

    func rebuiltTable(by operation: SchemaOperation, in model: SchemaModel) -> Identifier? {
        inner.rebuiltTable(by: operation, in: model)
    }

    var statementsBeforeRebuilds: [Statement] { inner.statementsBeforeRebuilds }

    var statementsAfterRebuilds: [Statement] { inner.statementsAfterRebuilds }

    func error(for native: NativeError) -> DatabaseError { inner.error(for: native) }

    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        guard mutant == .acceptsUnknownOptions, let database = url.database else {
            return MutantConnector(inner: try inner.connector(for: url, logger: logger), mutant: mutant)
        }
        let known = try DatabaseURL(scheme: url.scheme, database: database)
        return MutantConnector(inner: try inner.connector(for: known, logger: logger), mutant: mutant)
    }
}

struct MutantConnector: Connector {
    let inner: any Connector
    let mutant: Mutant?

    func connect() async throws(DatabaseError) -> any Connection {
        guard let connection = try await inner.connect() as? any MutantConnection.Inner else {
            throw DatabaseError(.unsupportedFeature, "The inner dialect does not stream, reflect and rebuild.")
        }
        return MutantConnection(inner: connection, mutant: mutant)
    }
}
#endif
