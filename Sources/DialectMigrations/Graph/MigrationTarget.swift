public import DialectCore

/// Where an upgrade or downgrade goes to.
public enum MigrationTarget: Sendable, Hashable {
    /// The one head; a graph with several has none.
    case head
    /// Every head.
    case heads
    /// Before every step.
    case base
    /// One revision.
    case revision(Revision)

    /// Reads a target as people write it: `head`, `heads`, `base`, or a revision.
    public init(_ text: String) {
        self =
            switch text {
            case "head": .head
            case "heads": .heads
            case "base": .base
            default: .revision(Revision(text))
            }
    }
}

extension MigrationTarget: CustomStringConvertible {
    /// The target as people write it.
    public var description: String {
        switch self {
        case .head: "head"
        case .heads: "heads"
        case .base: "base"
        case .revision(let revision): revision.text
        }
    }
}

extension RevisionGraph {
    /// The revisions that a target means: none for `base`.
    func revisions(at target: MigrationTarget) throws(DatabaseError) -> [Revision] {
        switch target {
        case .head: return try head().map { [$0] } ?? []
        case .heads: return heads
        case .base: return []
        case .revision(let revision):
            guard contains(revision) else {
                throw DatabaseError(
                    .invalidMigration,
                    "There is no revision '\(revision)' to go to. Name one of \(listed(revisions)), or 'head', 'heads' "
                        + "or 'base'."
                )
            }
            return [revision]
        }
    }
}
