import DialectCore
import DialectEngine

/// A connection whose calls are counted.
protocol CountedConnection: AdvisoryLocking, DialectRefining {
    var connection: PooledConnection { get }
    var counter: CallCounter { get }
}

extension CountedConnection {
    var preferredExecutor: (any TaskExecutor)? { connection.preferredExecutor }
    var isLost: Bool { connection.isLost }
    var isClean: Bool { connection.isClean }
    var refinedDialect: (any Dialect)? { connection.refinedDialect }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await counter.count { () throws(DatabaseError) in try await connection.execute(statement) }
    }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        try await counter.count { () throws(DatabaseError) in try await connection.begin(options) }
    }

    func commit() async throws(DatabaseError) {
        try await counter.count { () throws(DatabaseError) in try await connection.commit() }
    }

    func rollBack() async throws(DatabaseError) {
        try await counter.count { () throws(DatabaseError) in try await connection.rollBack() }
    }

    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        try await counter.count { () throws(DatabaseError) in try await connection.tryLock(name, for: lifetime) }
    }

    func unlock(_ name: String) async throws(DatabaseError) {
        try await counter.count { () throws(DatabaseError) in try await connection.unlock(name) }
    }

    func holder(of name: String) async throws(DatabaseError) -> String? { try await connection.holder(of: name) }
    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError) {
        try await counter.count { () throws(DatabaseError) in
            try await connection.limitSilence(to: limit, for: lifetime)
        }
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) { try await connection.savepoint(action) }
    func ping() async throws(DatabaseError) { try await connection.ping() }
    func reset() async throws(DatabaseError) { try await connection.reset() }
    func close() async { await connection.close() }
}

/// The connection that a migrator has.
final class FaultyConnection: CountedConnection, SchemaReflecting {
    let connection: PooledConnection
    let counter: CallCounter

    init(_ connection: PooledConnection, _ counter: CallCounter) {
        self.connection = connection
        self.counter = counter
    }

    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        try await counter.count { () throws(DatabaseError) in try await connection.reflectSchema(schema) }
    }
}

/// A connection that hides the catalog and the journal: it makes a migrator without the two.
final class ForgetfulConnection: CountedConnection {
    let connection: PooledConnection
    let counter: CallCounter

    init(_ connection: PooledConnection, _ counter: CallCounter) {
        self.connection = connection
        self.counter = counter
    }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await counter.count { () throws(DatabaseError) in
            guard statement.description.hasPrefix("SELECT"), statement.description.contains("_journal\"") else {
                return try await connection.execute(statement)
            }
            throw DatabaseError(.undefinedObject, "There is no journal.")
        }
    }
}
