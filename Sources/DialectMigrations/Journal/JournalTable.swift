internal import DialectCore

/// The table in which a migrator notes the statements of its steps, one row for each.
///
/// Where the database commits schema operations at once, a step's statements are noted before the first one is sent, and
/// each is marked after it was done: what a killed migrator leaves can be told from that. Everywhere the rows of an applied
/// step say later which SQL it was, unless the chain keeps none.
struct JournalTable: Sendable {
    /// A longer text is cut, so that it fits into a text column of any database; its hash is that of the whole.
    static let maximumLength = 16_000
    /// So that the parameters of one INSERT are few enough for any database.
    private static let rowsPerInsert = 100

    let name: Identifier

    init(_ chain: MigrationChain) { name = chain.journalTable }

    var definition: Table {
        Table(
            name,
            columns: [
                Column("revision", .string(length: VersionTable.maximumLength)),
                Column("direction", .string(length: 9)),
                Column("position", .integer),
                Column("hash", .string(length: 64)),
                Column("statement", .text),
                Column("state", .string(length: 7)),
                Column("noted_at", .timestamp(fractionDigits: 6)),
            ],
            primaryKey: PrimaryKey(["revision", "direction", "position"], name: "\(name.name)_pkc")
        )
    }

    /// Every row by revision and position, or nil when there is no table.
    ///
    /// Not inside a transaction, which the missing table may end.
    func rowsIfPresent(on connection: any Connection) async throws(DatabaseError) -> [JournalRow]? {
        do {
            // The columns are looked up in the result, so that `undefinedObject` can only mean that there is no table.
            let result = try await connection.execute("SELECT * FROM \(identifier: name)")
            var rows: [JournalRow] = []
            for row in result.rows { rows.append(try JournalRow(row)) }
            return rows.sorted { ($0.revision, $0.position) < ($1.revision, $1.position) }
        } catch {
            guard error.code == .undefinedObject else { throw error }
            return nil
        }
    }

    /// Notes the statements of a step in place of what was noted of its revision; `state` is asked for each position from 0.
    func note(
        _ step: SpelledStep,
        on connection: any Connection,
        _ state: (Int) -> JournalState
    ) async throws(DatabaseError) {
        try await forget(step.planned.revision, on: connection)
        let now = Timestamp.now
        let rows: [Statement] = step.statements.enumerated().map { index, statement in
            """
            (\(step.planned.revision.text), \(step.planned.direction.rawValue), \(index + 1), \(statement.record.hash), \
            \(statement.record.storedText), \(state(index).rawValue), \(now))
            """
        }
        for start in stride(from: 0, to: rows.count, by: Self.rowsPerInsert) {
            var insertion: Statement = """
                INSERT INTO \(identifier: name) \
                (\(identifiers: ["revision", "direction", "position", "hash", "statement", "state", "noted_at"])) VALUES 
                """
            for (offset, row) in rows[start..<min(start + Self.rowsPerInsert, rows.count)].enumerated() {
                if offset > 0 { insertion.append(unsafe: ", ") }
                insertion.append(row)
            }
            try await connection.execute(insertion)
        }
    }

    /// Marks the statements of a step at positions from 0 as done.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when one of their rows is gone.
    func mark(_ positions: Range<Int>, of step: PlannedStep, on connection: any Connection) async throws(DatabaseError)
    {
        let position: Statement = "\(identifier: "position")"
        let marked = try await connection.execute(
            """
            \(setting(.done)) WHERE \(isOf(step)) AND \(position) > \(positions.lowerBound) \
            AND \(position) <= \(positions.upperBound)
            """
        ).affectedRows
        guard marked == positions.count else {
            let statements =
                positions.count == 1
                ? "statement \(positions.upperBound)"
                : "statements \(positions.lowerBound + 1) to \(positions.upperBound)"
            throw DatabaseError(
                .invalidMigration,
                "A row of \(step), \(statements), is gone from '\(name)': something besides the migrator writes to that "
                    + "table. Find out what before the next attempt.",
                table: name.name
            )
        }
    }

    /// Marks every statement of a step as applied for good.
    func markApplied(_ step: PlannedStep, on connection: any Connection) async throws(DatabaseError) {
        try await connection.execute("\(setting(.applied)) WHERE \(isOf(step))")
    }

    /// Deletes the rows of a step's statements that are known not to be done.
    func forgetPending(of step: PlannedStep, on connection: any Connection) async throws(DatabaseError) {
        try await connection.execute(
            """
            DELETE FROM \(identifier: name) \
            WHERE \(isOf(step)) AND \(identifier: "state") = \(JournalState.pending.rawValue)
            """
        )
    }

    /// Deletes what was noted of a revision.
    func forget(_ revision: Revision, on connection: any Connection) async throws(DatabaseError) {
        try await connection.execute(
            "DELETE FROM \(identifier: name) WHERE \(identifier: "revision") = \(revision.text)"
        )
    }

    private func setting(_ state: JournalState) -> Statement {
        """
        UPDATE \(identifier: name) SET \(identifier: "state") = \(state.rawValue), \
        \(identifier: "noted_at") = \(Timestamp.now)
        """
    }

    private func isOf(_ step: PlannedStep) -> Statement {
        """
        \(identifier: "revision") = \(step.revision.text) AND \(identifier: "direction") = \(step.direction.rawValue)
        """
    }
}
