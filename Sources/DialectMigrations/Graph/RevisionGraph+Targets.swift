public import DialectCore

extension RevisionGraph {
    /// The revisions that a target means: none for `base`.
    ///
    /// `current` has the rows of a database's version table, from which relative targets start.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when there is no such revision, when its beginning is that
    ///   of several, and when a relative target leaves the graph or comes to where the way parts.
    public func revisions(
        at target: MigrationTarget,
        current: [Revision] = []
    ) throws(DatabaseError) -> [Revision] {
        switch target {
        case .head: try head().map { [$0] } ?? []
        case .heads: heads
        case .base: []
        case .revision(let revision): [try self.revision(beginningWith: revision.text)]
        case .relative(let steps, nil): try walk(steps, from: current, to: target)
        case .relative(let steps, let start?):
            try walk(steps, from: try revisions(at: start, current: current), to: target)
        }
    }

    /// The revision with a text, or else the one that begins with it.
    private func revision(beginningWith text: String) throws(DatabaseError) -> Revision {
        let revision = Revision(text)
        if contains(revision) { return revision }
        let matches = text.isEmpty ? [] : revisions.filter { $0.text.hasPrefix(text) }
        if matches.count == 1 { return matches[0] }
        throw DatabaseError(
            .invalidMigration,
            matches.isEmpty
                ? "There is no revision '\(text)' to go to. Name one of \(listed(revisions)), or 'head', 'heads' or 'base'."
                : "Several revisions begin with '\(text)': \(listed(matches)). Write more of the one that is meant."
        )
    }

    /// Follows the graph for a number of steps, as long as there is one way only.
    private func walk(
        _ steps: Int,
        from start: [Revision],
        to target: MigrationTarget
    ) throws(DatabaseError) -> [Revision] {
        guard start.count <= 1 else {
            throw DatabaseError(
                .invalidMigration,
                "'\(target)' has no one revision to start from, only \(listed(start)). Name one, as in '\(start[0])+1'."
            )
        }
        var revision = start.first
        for step in 0..<steps.magnitude {
            let next = steps > 0 ? revision.map(children) ?? bases : revision.map(parents) ?? []
            let isBase = next.isEmpty && steps < 0 && revision != nil
            guard next.count == 1 || isBase else {
                let place = revision.map { "'\($0)'" } ?? "the base"
                throw DatabaseError(
                    .invalidMigration,
                    next.isEmpty
                        ? "'\(target)' leaves the steps: after \(step) of them it is at \(place), where they end."
                        : "'\(target)' comes to \(place), from where it could go on to \(listed(next)). Name one of them."
                )
            }
            revision = next.first
        }
        return revision.map { [$0] } ?? []
    }
}
