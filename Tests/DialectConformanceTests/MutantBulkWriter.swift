#if SQLite
import DialectCore
import Locking

/// Inserts rows one by one, in a transaction or savepoint of its own.
final class MutantBulkWriter: BulkWriter {
    private struct State {
        var count = 0
        var isOver = false
    }

    private static let savepoint = "bulk"
    private let connection: MutantConnection
    private let table: Identifier
    private let columns: [String]
    private let isNested: Bool
    private let state = Locked(State())

    init(_ connection: MutantConnection, into table: Identifier, columns: [String]) async throws(DatabaseError) {
        self.connection = connection
        self.table = table
        self.columns = columns
        isNested = connection.isInsideTransaction
        if isNested {
            try await connection.savepoint(.set(Self.savepoint))
        } else {
            try await connection.begin(.readWrite)
        }
    }

    func write(_ rows: [[SQLValue]]) async throws(DatabaseError) {
        do throws(DatabaseError) {
            for row in rows {
                var statement: Statement = "INSERT INTO \(identifier: table) (\(identifiers: columns)) VALUES ("
                for (position, value) in row.enumerated() {
                    if position > 0 { statement.append(unsafe: ", ") }
                    statement.append(value)
                }
                statement.append(unsafe: ")")
                _ = try await connection.execute(statement)
                state.withLock { $0.count += 1 }
            }
        } catch {
            await cancel()
            throw error
        }
    }

    func finish() async throws(DatabaseError) -> Int {
        guard end() else { throw DatabaseError(.invalidTransactionState, "The insertion is over.") }
        if isNested {
            try await connection.savepoint(.release(Self.savepoint))
        } else {
            try await connection.commit()
        }
        return state.withLock { $0.count }
    }

    func cancel() async {
        guard end() else { return }
        if connection.mutant == .bulkInsertKeepsHalf {
            try? await connection.commit()
        } else if isNested {
            try? await connection.savepoint(.rollBack(to: Self.savepoint))
            try? await connection.savepoint(.release(Self.savepoint))
        } else {
            try? await connection.rollBack()
        }
    }

    /// Returns whether the insertion was not over yet.
    private func end() -> Bool {
        state.withLock { state in
            defer { state.isOver = true }
            return !state.isOver
        }
    }
}

extension MutantConnection: BulkInserting {
    func openBulkInsert(into table: Identifier, columns: [String]) async throws(DatabaseError) -> any BulkWriter {
        try await MutantBulkWriter(self, into: table, columns: columns)
    }
}
#endif
