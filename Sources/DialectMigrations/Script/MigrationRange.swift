public import DialectCore

/// A part of a chain: from one target to another, up or down.
public struct MigrationRange: Sendable, Hashable {
    /// Where it begins.
    public var start: MigrationTarget
    /// Where it ends.
    public var end: MigrationTarget

    /// Makes a range.
    public init(from start: MigrationTarget = .base, to end: MigrationTarget = .head) {
        self.start = start
        self.end = end
    }

    /// Reads a range as people write it: `base:head`, `003:006`, `006:base`, `003:+1`, or a target alone, to which the way
    /// goes from the base.
    public init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        guard parts.count == 2 else {
            self.init(to: text.isEmpty ? .head : MigrationTarget(text))
            return
        }
        self.init(
            from: parts[0].isEmpty ? .base : MigrationTarget(parts[0]),
            to: parts[1].isEmpty ? .head : MigrationTarget(parts[1])
        )
    }
}

extension MigrationRange: CustomStringConvertible {
    /// The range as people write it.
    public var description: String { "\(start):\(end)" }
}

extension MigrationPlan {
    /// Plans the way through a range, which is an upgrade unless the end comes before the start.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when a target does not exist, and when no way leads from one
    ///   to the other.
    public init(_ chain: MigrationChain, _ range: MigrationRange) throws(DatabaseError) {
        let graph = chain.graph
        let start = try graph.revisions(at: range.start)
        let end = try graph.revisions(at: range.end, current: start)
        let isDowngrade =
            !start.isEmpty
            && end.allSatisfy { target in
                start.contains { $0 == target || graph.ancestors(of: $0).contains(target) }
            }
        let isUpgrade = start.allSatisfy { origin in
            end.contains { $0 == origin || graph.ancestors(of: $0).contains(origin) }
        }
        guard isUpgrade || isDowngrade else {
            throw DatabaseError(
                .invalidMigration,
                "No way leads from '\(range.start)' to '\(range.end)': they are on different branches. Name a revision that "
                    + "comes before or after the other."
            )
        }
        let target = end.count == 1 ? MigrationTarget.revision(end[0]) : end.isEmpty ? .base : range.end
        try self.init(
            chain,
            current: start,
            isUpgrade && !end.isEmpty ? .upgrade : .downgrade,
            to: target
        )
    }
}
