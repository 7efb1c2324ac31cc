internal import DialectCore

/// The statements that read and write a chain's version table.
struct VersionTable: Sendable {
    /// The number of characters that a row holds, as in Alembic.
    static let maximumLength = 32

    private static let column = "version_num"

    let name: Identifier

    var definition: Table {
        Table(
            name,
            columns: [Column(Self.column, .string(length: Self.maximumLength))],
            primaryKey: PrimaryKey([Self.column], name: "\(name.name)_pkc")
        )
    }

    /// The rows by their text.
    ///
    /// The column is looked up in the result instead of named in the statement, so that `undefinedObject` can only mean
    /// that there is no table.
    func rows(on connection: any Connection) async throws(DatabaseError) -> [Revision] {
        let result = try await connection.execute("SELECT * FROM \(identifier: name)")
        var revisions: [Revision] = []
        for row in result.rows { revisions.append(Revision(try row.decode(String.self, named: Self.column))) }
        return revisions.sorted()
    }

    /// The rows, or nil when the table does not exist.
    ///
    /// Not inside a transaction, which the missing table may end.
    func rowsIfPresent(on connection: any Connection) async throws(DatabaseError) -> [Revision]? {
        do {
            return try await rows(on: connection)
        } catch {
            guard error.code == .undefinedObject else { throw error }
            return nil
        }
    }

    /// Keeps other sessions from changing the rows until the transaction ends, and checks that they are these.
    ///
    /// For programs that migrate without the migrator's lock.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when there are others.
    func hold(_ expected: [Revision], on connection: any Connection) async throws(DatabaseError) {
        try await connection.execute(
            "UPDATE \(identifier: name) SET \(identifier: Self.column) = \(identifier: Self.column)"
        )
        let found = try await rows(on: connection)
        guard found == expected else {
            throw DatabaseError(
                .invalidMigration,
                "The table '\(name)' has the rows \(listed(found)) instead of \(listed(expected)): another program migrates "
                    + "this database. Let it end before the next attempt.",
                table: name.name
            )
        }
    }

    /// Changes one row.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the statement did not hit exactly one row.
    func record(_ change: VersionChange, on connection: any Connection) async throws(DatabaseError) {
        let hit = try await connection.execute(statement(for: change)).affectedRows
        guard hit == 1 else {
            throw DatabaseError(
                .invalidMigration,
                "To \(change) in '\(name)' changed \(hit) rows instead of one: something besides the migrator writes to "
                    + "that table. Find out what, and check its rows before the next attempt.",
                table: name.name
            )
        }
    }

    func statement(for change: VersionChange) -> Statement {
        switch change {
        case .insert(let revision):
            "INSERT INTO \(identifier: name) (\(identifier: Self.column)) VALUES (\(revision.text))"
        case .update(let old, let new):
            """
            UPDATE \(identifier: name) SET \(identifier: Self.column) = \(new.text) \
            WHERE \(identifier: Self.column) = \(old.text)
            """
        case .delete(let revision):
            "DELETE FROM \(identifier: name) WHERE \(identifier: Self.column) = \(revision.text)"
        }
    }
}
