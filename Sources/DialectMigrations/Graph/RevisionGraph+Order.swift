internal import DialectCore

extension RevisionGraph {
    /// The links of the parents, turned around, by the text of the children.
    static func children(_ parents: [Revision: [Revision]]) -> [Revision: [Revision]] {
        var children: [Revision: [Revision]] = [:]
        for (revision, parents) in parents {
            for parent in parents { children[parent, default: []].append(revision) }
        }
        return children.mapValues { $0.sorted() }
    }

    /// The revisions with parents before children, and by text where that leaves a choice (Kahn's algorithm).
    ///
    /// Revisions on a circle, and what follows them, are missing from the result.
    static func order(_ parents: [Revision: [Revision]], _ children: [Revision: [Revision]]) -> [Revision] {
        var missing = parents.mapValues(\.count)
        // Sorted from the greatest to the least, so that the next one is taken from the end.
        var ready = missing.filter { $0.value == 0 }.keys.sorted(by: >)
        var order: [Revision] = []
        while let revision = ready.popLast() {
            order.append(revision)
            for child in children[revision, default: []] {
                let left = missing[child, default: 0] - 1
                missing[child] = left
                guard left == 0 else { continue }
                ready.insert(child, at: ready.firstIndex { $0 < child } ?? ready.endIndex)
            }
        }
        return order
    }

    /// The error that names a circle, or nil when every revision could be ordered.
    static func circle(in parents: [Revision: [Revision]], ordered: [Revision]) -> DatabaseError? {
        let rest = Set(parents.keys).subtracting(ordered)
        guard var revision = rest.min() else { return nil }
        // Whatever could not be ordered has a parent that could not either, so this walk meets itself.
        var walk: [Revision] = []
        while !walk.contains(revision), let parent = parents[revision, default: []].first(where: rest.contains) {
            walk.append(revision)
            revision = parent
        }
        let circle = walk.drop { $0 != revision } + [revision]
        return DatabaseError(
            .invalidMigration,
            "The steps follow each other in a circle: \(circle.map { "'\($0)'" }.joined(separator: " follows ")). "
                + "Correct the parents of one of them."
        )
    }
}
