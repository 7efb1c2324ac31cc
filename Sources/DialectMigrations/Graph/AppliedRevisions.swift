internal import DialectCore

/// Which revisions a database has, and with it the rows of its version table.
///
/// The rows are the applied revisions that no applied revision follows.
struct AppliedRevisions: Sendable {
    private let graph: RevisionGraph
    private var applied: Set<Revision>
    private var rows: Set<Revision>

    /// The state of a database whose version table has these rows, every one of them known to the graph.
    init(_ graph: RevisionGraph, rows: [Revision]) {
        self.graph = graph
        self.rows = Set(rows)
        applied = rows.reduce(into: Set(rows)) { $0.formUnion(graph.ancestors(of: $1)) }
    }

    /// The rows of the version table, by their text.
    var versions: [Revision] { rows.sorted() }

    /// Whether a revision is applied.
    func contains(_ revision: Revision) -> Bool { applied.contains(revision) }

    /// Adds a revision whose parents are applied; returns what the version table's rows become of it.
    ///
    /// A merge deletes the rows of its parents but one, which becomes its own.
    mutating func add(_ revision: Revision) -> [VersionChange] {
        let followed = graph.parents(of: revision).filter(rows.contains)
        applied.insert(revision)
        rows.subtract(followed)
        rows.insert(revision)
        guard let last = followed.last else { return [.insert(revision)] }
        return followed.dropLast().map(VersionChange.delete) + [.update(from: last, to: revision)]
    }

    /// Removes a revision that no applied one follows; returns what the version table's rows become of it.
    ///
    /// Undoing a merge inserts rows for its parents but one, which takes over the merge's own.
    mutating func remove(_ revision: Revision) -> [VersionChange] {
        applied.remove(revision)
        rows.remove(revision)
        let uncovered = graph.parents(of: revision).filter { graph.children(of: $0).allSatisfy { !contains($0) } }
        rows.formUnion(uncovered)
        guard let last = uncovered.last else { return [.delete(revision)] }
        return uncovered.dropLast().map(VersionChange.insert) + [.update(from: revision, to: last)]
    }
}

extension MigrationChain {
    /// The rows that another row includes, and so are of no use.
    ///
    /// A program that migrates without the migrator's lock can leave one: it records a revision, and finds then that another
    /// migrator is further already.
    func includedRows(of rows: [Revision]) -> [Revision] {
        rows.filter { row in rows.contains { graph.ancestors(of: $0).contains(row) } }
    }

    /// The state of a database whose version table has these rows.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the rows do not fit the chain.
    func applied(rows: [Revision]) throws(DatabaseError) -> AppliedRevisions {
        let unknown = rows.filter { !graph.contains($0) }
        guard unknown.isEmpty else {
            throw DatabaseError(
                .invalidMigration,
                "The table '\(versionTable)' has the revision \(listed(unknown)), which the chain '\(name)' does not know: "
                    + "its latest is \(listed(graph.heads)). The database was migrated by a newer version, and nothing "
                    + "was changed. Use that version or a later one.",
                table: versionTable.name
            )
        }
        for row in rows {
            let covered = rows.filter(graph.ancestors(of: row).contains)
            guard covered.isEmpty, rows.count(where: { $0 == row }) == 1 else {
                throw DatabaseError(
                    .invalidMigration,
                    "The table '\(versionTable)' has the rows \(listed(rows)), of which '\(row)' is there twice or "
                        + "includes another. Nothing was changed. Delete the rows that others include.",
                    table: versionTable.name
                )
            }
        }
        return AppliedRevisions(graph, rows: rows)
    }
}
