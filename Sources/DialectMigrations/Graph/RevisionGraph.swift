public import DialectCore

/// The steps of a chain and how they follow each other: in a line, in branches, and in merges of branches.
///
/// A value that is valid once it is made: each revision is there once, each parent exists, and nothing follows itself.
public struct RevisionGraph: Sendable {
    /// Every revision, parents before children.
    ///
    /// Where the parents leave the order open, revisions come by their text, so the order does not depend on how the
    /// steps were listed.
    public let revisions: [Revision]

    /// The revisions without a parent, in the order of `revisions`.
    public let bases: [Revision]

    /// The revisions without a child, in the order of `revisions`.
    public let heads: [Revision]

    private let steps: [Revision: any MigrationStep]
    private let parentLists: [Revision: [Revision]]
    private let childLists: [Revision: [Revision]]

    /// Makes a graph from steps in any order.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when a revision is empty, longer than the 32 characters of
    ///   the version table, readable as another target (`head`, `003+1`, `001:003`) or there twice; when a parent is unknown,
    ///   named twice, the step itself or an ancestor of another parent; and when steps follow each other in a circle. The
    ///   message names the revisions.
    public init(_ steps: [any MigrationStep]) throws(DatabaseError) {
        let checked = try Self.check(steps)
        parentLists = checked.mapValues(\.parents)
        childLists = Self.children(parentLists)
        revisions = Self.order(parentLists, childLists)
        if let circle = Self.circle(in: parentLists, ordered: revisions) { throw circle }
        self.steps = checked.mapValues(\.step)
        bases = revisions.filter { [parentLists] in parentLists[$0, default: []].isEmpty }
        heads = revisions.filter { [childLists] in childLists[$0, default: []].isEmpty }
        try checkMerges()
    }

    /// The step of a revision, or nil when the graph has none.
    public func step(_ revision: Revision) -> (any MigrationStep)? { steps[revision] }

    /// Whether the graph has a revision.
    public func contains(_ revision: Revision) -> Bool { steps[revision] != nil }

    /// The revisions that a revision follows directly, as its step lists them; none for an unknown one.
    public func parents(of revision: Revision) -> [Revision] { parentLists[revision, default: []] }

    /// The revisions that follow a revision directly, by their text; none for an unknown one.
    public func children(of revision: Revision) -> [Revision] { childLists[revision, default: []] }

    /// Every revision that has to be applied before a revision, without itself.
    public func ancestors(of revision: Revision) -> Set<Revision> { reachable(from: [revision], parentLists) }

    /// Every revision that cannot stay when a revision is undone, without itself.
    public func descendants(of revision: Revision) -> Set<Revision> { reachable(from: [revision], childLists) }

    /// The one head, or nil for a graph without steps.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when there are several; the message names them.
    public func head() throws(DatabaseError) -> Revision? {
        guard heads.count > 1 else { return heads.first }
        throw DatabaseError(
            .invalidMigration,
            "The steps have several heads: \(listed(heads)). Add a step that has them all as parents, or name the "
                + "target: 'heads' for all of them, or one revision."
        )
    }

    /// Everything that can be reached by following the links, without the starting points unless they are reached.
    private func reachable(from start: [Revision], _ links: [Revision: [Revision]]) -> Set<Revision> {
        var found: Set<Revision> = []
        var waiting = start
        while let revision = waiting.popLast() {
            for next in links[revision, default: []] where found.insert(next).inserted { waiting.append(next) }
        }
        return found
    }
}
