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

    /// Makes a chain.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the steps are not in order; see `RevisionGraph`.
    public init(_ name: String, versionTable: Identifier, steps: [any MigrationStep]) throws(DatabaseError) {
        self.name = name
        self.versionTable = versionTable
        graph = try RevisionGraph(steps)
    }

    /// The version table as the migrator creates it.
    ///
    /// It is Alembic's: a column `version_num` of 32 characters whose primary key is named `<table>_pkc`. Its rows are
    /// the current revisions, which are those that no other applied revision follows: one row for a linear chain.
    public var versionTableDefinition: Table { VersionTable(name: versionTable).definition }
}
