public import DialectCore

/// The steps of one application or library, and the table that says which of them a database has.
///
/// Several chains live in one database side by side, each with a version table of its own.
public struct MigrationChain: Sendable {
    /// The chain's name, for messages.
    public let name: String

    /// The steps and how they follow each other.
    public let graph: RevisionGraph

    /// The table that holds the current revisions.
    public let versionTable: Identifier

    /// Whether the SQL of applied steps is kept in `journalTable`.
    public let keepsJournal: Bool

    /// The tables that a step makes by an operation or adopts.
    let ownTables: Set<Identifier>

    /// Makes a chain.
    ///
    /// With `keepsJournal: false` the journal is there only while a step is under way that no transaction can undo. That
    /// suits a database that a tool looks at which takes every table that it does not know for one to be dropped; whether
    /// an applied step has changed since cannot be told then.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the steps are not in order; see `RevisionGraph`.
    public init(
        _ name: String,
        versionTable: Identifier,
        keepsJournal: Bool = true,
        steps: [any MigrationStep]
    ) throws(DatabaseError) {
        self.name = name
        self.versionTable = versionTable
        self.keepsJournal = keepsJournal
        graph = try RevisionGraph(steps)
        ownTables = Self.ownTables(of: graph)
    }

    /// The table in which the migrator notes the statements of the steps: the version table's name and `_journal`.
    ///
    /// It is the migrator's, so a comparison of schemas leaves it out as it does the version table.
    public var journalTable: Identifier {
        Identifier("\(versionTable.name)_journal", schema: versionTable.schema)
    }

    /// The version table as the migrator creates it.
    ///
    /// It is Alembic's: a column `version_num` of 32 characters whose primary key is named `<table>_pkc`. Its rows are
    /// the current revisions, which are those that no other applied revision follows: one row for a linear chain.
    public var versionTableDefinition: Table { VersionTable(name: versionTable).definition }
}
