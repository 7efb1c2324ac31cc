internal import DialectCore

/// How far a statement of the journal has come.
enum JournalState: String, Sendable, Hashable {
    /// It may have been sent.
    case pending
    /// It was done, and its step was not recorded yet.
    case done
    /// It was done, and its step was recorded with it.
    case applied
}

/// A row of the journal: one statement of a step.
struct JournalRow: Sendable, Hashable {
    let revision: Revision
    let direction: MigrationDirection
    /// The statement's position in its step, from 1.
    let position: Int
    let hash: String
    let text: String
    let state: JournalState

    init(_ row: Row) throws(DatabaseError) {
        revision = Revision(try row.decode(String.self, named: "revision"))
        direction = try Self.word(named: "direction", of: row)
        position = try row.decode(Int.self, named: "position")
        hash = try row.decode(String.self, named: "hash")
        text = try row.decode(String.self, named: "statement")
        state = try Self.word(named: "state", of: row)
    }

    private static func word<Word: RawRepresentable<String>>(
        named column: String,
        of row: Row
    ) throws(DatabaseError) -> Word {
        let text = try row.decode(String.self, named: column)
        guard let word = Word(rawValue: text) else {
            throw DatabaseError(
                .invalidMigration,
                "A row of the migrator's journal has '\(text)' as its \(column), which this version does not know. Use the "
                    + "version that wrote it or a later one."
            )
        }
        return word
    }
}
