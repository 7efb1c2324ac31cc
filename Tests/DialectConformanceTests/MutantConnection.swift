#if SQLite
import DialectCore
import Foundation
import Locking
import Logging

/// A connection that does as the one inside it does, but for what its mutant breaks.
final class MutantConnection: RowStreaming, SchemaReflecting, TableRebuilding {
    typealias Inner = RowStreaming & SchemaReflecting & TableRebuilding

    /// Whose locks these are.
    let owner = UUID()
    let mutant: Mutant?
    private let inner: any Inner
    private let hasFailed = Locked(false)
    private let isInTransaction = Locked(false)
    private let isCancelledLate = Locked(false)

    init(inner: any Inner, mutant: Mutant?) {
        self.inner = inner
        self.mutant = mutant
    }

    var preferredExecutor: (any TaskExecutor)? { inner.preferredExecutor }

    var isLost: Bool { inner.isLost || MutantLocks.hasEnded(owner) }

    var isClean: Bool { mutant == .claimsToBeClean || inner.isClean }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        guard !MutantLocks.hasEnded(owner) else { throw DatabaseError(.connectionLost, "The session was ended.") }
        let inner = inner
        let statement = broken(statement)
        do throws(DatabaseError) {
            var result: StatementResult
            if mutant == .eatsCancel {
                result = try await Task {
                    await captured { () async throws(DatabaseError) in try await inner.execute(statement) }
                }
                .value.get()
            } else if mutant == .lateCancelHitsNextUser {
                result = try await executeAndHearTooMuch(statement)
            } else {
                result = try await inner.execute(statement)
            }
            if mutant == .miscountsRows { result.affectedRows = min(result.affectedRows, 1) }
            return result
        } catch {
            hasFailed.withLock { $0 = true }
            throw broken(error, by: statement)
        }
    }

    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        let cursor = try await inner.openCursor(statement)
        return mutant == .streamsOneRowTooFew ? ShortCursor(inner: cursor) : cursor
    }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        hasFailed.withLock { $0 = false }
        try await inner.begin(mutant == .ignoresReadOnly ? .readWrite : options)
        isInTransaction.withLock { $0 = true }
    }

    var isInsideTransaction: Bool { isInTransaction.withLock { $0 } }

    func commit() async throws(DatabaseError) {
        if mutant == .cancelsCommit, Task.isCancelled { throw DatabaseError(.cancelled, "The commit was cancelled.") }
        if mutant == .commitReportsSuccessAfterFailure, hasFailed.withLock({ $0 }) { return try await rollBack() }
        try await inner.commit()
        isInTransaction.withLock { $0 = false }
    }

    func rollBack() async throws(DatabaseError) {
        isInTransaction.withLock { $0 = false }
        try await inner.rollBack()
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        if mutant == .ignoresRollBackToSavepoint, case .rollBack = action { return }
        try await inner.savepoint(action)
    }

    func ping() async throws(DatabaseError) {
        if mutant == .pingAlwaysSucceeds { return }
        try await inner.ping()
    }

    func reset() async throws(DatabaseError) {
        if mutant == .leaksTransaction { return }
        isInTransaction.withLock { $0 = false }
        MutantLocks.releaseAll(of: owner)
        try await inner.reset()
    }

    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel {
        let model = try await inner.reflectSchema(schema)
        guard mutant == .forgetsDefaults else { return model }
        var broken = SchemaModel()
        broken.indexes = model.indexes
        for var table in model.tables {
            for position in table.columns.indices { table.columns[position].serverDefault = nil }
            broken.add(table)
        }
        return broken
    }

    func suspendForeignKeys() async throws(DatabaseError) {
        if mutant != .keepsForeignKeysInRebuilds { try await inner.suspendForeignKeys() }
    }

    func resumeForeignKeys() async throws(DatabaseError) {
        if mutant != .leavesForeignKeysSuspended { try await inner.resumeForeignKeys() }
    }

    func statementsKeeping(_ table: Identifier, in model: SchemaModel) async throws(DatabaseError) -> [Statement] {
        try await inner.statementsKeeping(table, in: model)
    }

    func checkRebuiltTables() async throws(DatabaseError) { try await inner.checkRebuiltTables() }

    func close() async {
        MutantLocks.releaseAll(of: owner)
        if mutant == .closedConnectionStillWorks { return }
        await inner.close()
    }

    /// Remembers a cancel that comes after all is done, or that was heard already.
    private func executeAndHearTooMuch(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let wasCancelled = isCancelledLate.withLock { flag in
            defer { flag = false }
            return flag
        }
        if wasCancelled { throw DatabaseError(.cancelled, "An earlier statement was cancelled.") }
        let (inner, isCancelledLate) = (inner, isCancelledLate)
        return try await withTaskCancellationHandler {
            await captured { () async throws(DatabaseError) in try await inner.execute(statement) }
        } onCancel: {
            isCancelledLate.withLock { $0 = true }
        }
        .get()
    }

    private func broken(_ statement: Statement) -> Statement {
        guard mutant != nil, !statement.parameters.isEmpty || mutant == .unquotedIdentifiers else { return statement }
        // Equal to zero, and yet another value.
        let isBrokenInSecret = mutant == .unquotedIdentifiers || mutant == .negativeZeroLost
        var values = statement.parameters
        if mutant == .swapsParameters, values.count > 1 { values.swapAt(values.count - 1, values.count - 2) }
        values = values.map(broken)
        guard
            values != statement.parameters || isBrokenInSecret,
            let sql = try? statement.sql(for: SQLiteText(mutant))
        else { return statement }
        var result = Statement()
        for (position, part) in sql.split(separator: "\u{1}", omittingEmptySubsequences: false).enumerated() {
            if position > 0 { result.append(values[position - 1]) }
            result.append(unsafe: String(part))
        }
        return result
    }

    private func broken(_ value: SQLValue) -> SQLValue {
        switch (mutant, value) {
        case (.truncatesMicroseconds, .timestamp(let time)):
            .timestamp(Timestamp(microsecondsSinceEpoch: time.microsecondsSinceEpoch / 1000 * 1000))
        case (.losesNULInText, .text(let text)): .text(String(text.prefix { $0 != "\0" }))
        case (.emptyBecomesNull, .text("")), (.emptyBecomesNull, .bytes([])): .null
        case (.roundsDecimals, .decimal(let decimal)): .decimal(Decimal(NSDecimalNumber(decimal: decimal).doubleValue))
        case (.negativeZeroLost, .double(0)): .double(0)
        default: value
        }
    }

    private func broken(_ error: DatabaseError, by statement: Statement) -> DatabaseError {
        var error = error
        if mutant == .wrongErrorCode, error.code == .uniqueViolation { error.code = .other }
        if mutant == .showsValueInError { error.message += " Values: \(statement.parameters)" }
        return error
    }
}

/// A cursor that loses the last row of each batch.
private struct ShortCursor: RowCursor {
    let inner: any RowCursor

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        guard let rows = try await inner.nextBatch(limit: limit), rows.count > 1 else { return nil }
        var builder = RowsBuilder(columns: rows.columns)
        for row in rows.dropLast() { builder.append(try row.decode(Int64.self, at: 0)) }
        return builder.finish()
    }

    func close() async { await inner.close() }
}

/// Writes SQL with a mark for each parameter, to put other values in their places.
private struct SQLiteText: Dialect {
    var mutant: Mutant?
    init(_ mutant: Mutant?) { self.mutant = mutant }
    init() {}
    static var name: String { "marks" }
    static var schemes: [String] { [] }
    var features: Set<DialectFeature> { [] }
    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }
    func quote(_ identifier: Identifier) -> String { MutantDialect(mutant).quote(identifier) }
    func placeholder(at position: Int) -> String { "\u{1}" }
    func literal(_ value: SQLValue) throws(DatabaseError) -> String { "" }
    func spelling(of type: ColumnType) throws(DatabaseError) -> String { "" }
    func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] { [] }
    func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, "") }
    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        throw DatabaseError(.invalidURL, "Marks connect to nothing.")
    }
}

func captured<Value: Sendable>(
    _ body: @Sendable () async throws(DatabaseError) -> Value
) async -> Result<Value, DatabaseError> {
    do throws(DatabaseError) { return .success(try await body()) } catch { return .failure(error) }
}
#endif
