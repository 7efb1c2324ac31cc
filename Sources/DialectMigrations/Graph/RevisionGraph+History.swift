public import DialectCore

/// One revision of a graph, with its place in it.
public struct HistoryEntry: Sendable {
    /// The revision.
    public let revision: Revision
    /// The revisions that it follows.
    public let parents: [Revision]
    /// What its step does, in a few words.
    public let summary: String
    /// Whether nothing follows it.
    public let isHead: Bool
    /// Whether several revisions follow it.
    public let isBranchPoint: Bool
    /// Whether the database has it.
    public let isApplied: Bool
    /// Whether it is one of the version table's rows.
    public let isCurrent: Bool

    /// Whether it follows several revisions.
    public var isMergePoint: Bool { parents.count > 1 }
}

extension HistoryEntry: CustomStringConvertible {
    /// One line for people, such as `004 -> 005 (head) (current), soft deletion of users`.
    public var description: String {
        let from = parents.isEmpty ? "<base>" : parents.map(\.text).joined(separator: ", ")
        var marks: [String] = []
        if isHead { marks.append("head") }
        if isBranchPoint { marks.append("branch point") }
        if isMergePoint { marks.append("merge point") }
        if isCurrent { marks.append("current") }
        return "\(from) -> \(revision)\(marks.map { " (\($0))" }.joined()), \(summary)"
    }
}

extension RevisionGraph {
    /// Every revision from the newest to the oldest.
    ///
    /// `current` has the rows of a database's version table; rows that the graph does not know mark nothing.
    public func history(current: [Revision] = []) -> [HistoryEntry] {
        let applied = current.reduce(into: Set(current)) { $0.formUnion(ancestors(of: $1)) }
        return revisions.reversed().map { revision in
            let children = children(of: revision).count
            return HistoryEntry(
                revision: revision,
                parents: parents(of: revision),
                summary: step(revision)?.summary ?? "",
                isHead: children == 0,
                isBranchPoint: children > 1,
                isApplied: applied.contains(revision),
                isCurrent: current.contains(revision)
            )
        }
    }
}
