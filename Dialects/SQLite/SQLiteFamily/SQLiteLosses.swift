internal import DialectCore

/// What a table has, so that it can be told what would be lost if it were made anew from a model.
struct SQLiteLosses {
    private let live: Table
    private let sql: String
    private let generated: [String]

    /// A table as it was reflected, its CREATE TABLE, and the names of its generated columns.
    init(_ live: Table, sql: String, generated: [String]) {
        self.live = live
        self.sql = sql
        self.generated = generated
    }

    /// - Throws: `DatabaseError` with code `invalidMigration` that names what the model does not know.
    func refuse(comparedWith known: Table) throws(DatabaseError) {
        let losses =
            columns(missingIn: known) + generated.map { "the generation of the column '\($0)'" }
            + constraints(missingIn: known) + options
        guard losses.isEmpty else {
            throw DatabaseError(
                .invalidMigration,
                "The table \(live.name) cannot be made anew, because the migrations do not know everything that it has and "
                    + "that would be lost: \(losses.joined(separator: ", ")). Drop that, or describe it in a step.",
                table: live.name.name
            )
        }
        let names = live.columns.map { $0.name.lowercased() }
        let absent = known.columns.map(\.name).filter { !names.contains($0.lowercased()) }
        guard absent.isEmpty else {
            throw DatabaseError(
                .invalidMigration,
                "The table \(live.name) cannot be made anew: by its migrations it has the columns "
                    + "\(absent.map { "'\($0)'" }.joined(separator: ", ")), which are not there. Find out what has changed it.",
                table: live.name.name,
                columns: absent
            )
        }
    }

    private func columns(missingIn known: Table) -> [String] {
        let names = known.columns.map { $0.name.lowercased() }
        return live.columns.map(\.name).filter { !names.contains($0.lowercased()) }.map { "the column '\($0)'" }
    }

    private func constraints(missingIn known: Table) -> [String] {
        let knownContents = known.constraints.map(Self.content)
        return live.constraints.filter { !knownContents.contains(Self.content(of: $0)) }.map { "the \($0.summary)" }
    }

    /// What a constraint says, whatever its name is and however its condition is written.
    private static func content(of constraint: TableConstraint) -> [String] {
        switch constraint {
        case .primaryKey(let key): ["PRIMARY KEY"] + key.columns.map { $0.lowercased() }
        case .unique(let unique): ["UNIQUE"] + unique.columns.map { $0.lowercased() }
        case .foreignKey(let key):
            ["FOREIGN KEY", key.table.name.lowercased(), key.onDelete.rawValue, key.onUpdate.rawValue]
                + (key.columns + key.referencedColumns).map { $0.lowercased() }
        case .check(let check): ["CHECK"] + SQLiteTokens.read(check.condition).map { $0.name.lowercased() }
        }
    }

    /// What CREATE TABLE can say and the model cannot.
    ///
    /// https://sqlite.org/lang_createtable.html
    private var options: [String] {
        let words = SQLiteTokens.read(sql).map(\.keyword)
        var found = ["AUTOINCREMENT", "COLLATE", "DEFERRABLE"].filter(words.contains)
        if zip(words, words.dropFirst()).contains(where: { $0 == "ON" && $1 == "CONFLICT" }) {
            found.append("ON CONFLICT")
        }
        let tail = words[((words.lastIndex(of: ")") ?? -1) + 1)...]
        if tail.contains("WITHOUT") { found.append("WITHOUT ROWID") }
        if tail.contains("STRICT") { found.append("STRICT") }
        return found
    }
}
