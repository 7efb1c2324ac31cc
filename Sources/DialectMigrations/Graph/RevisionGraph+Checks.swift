internal import DialectCore

extension RevisionGraph {
    /// A step with its parents, read from it once.
    typealias CheckedStep = (step: any MigrationStep, parents: [Revision])

    /// The steps by their revisions, each of which is valid by itself and has parents that exist.
    static func check(_ steps: [any MigrationStep]) throws(DatabaseError) -> [Revision: CheckedStep] {
        var checked: [Revision: CheckedStep] = [:]
        for step in steps {
            let revision = step.revision
            try check(revision, of: step)
            if let other = checked[revision] {
                throw invalid(
                    "Two steps have the revision '\(revision)': '\(other.step.summary)' and '\(step.summary)'. "
                        + "Give each step a revision of its own."
                )
            }
            checked[revision] = (step, step.parents)
        }
        for revision in checked.keys.sorted() { try checkParents(of: revision, in: checked) }
        return checked
    }

    private static func check(_ revision: Revision, of step: any MigrationStep) throws(DatabaseError) {
        let length = revision.text.unicodeScalars.count
        if length == 0 {
            throw invalid("The step '\(step.summary)' has an empty revision. Give it one of 1 to 32 characters.")
        }
        if length > VersionTable.maximumLength {
            throw invalid(
                "The revision '\(revision)' has \(length) characters, and the version table holds "
                    + "\(VersionTable.maximumLength). Shorten it."
            )
        }
        guard case .revision = MigrationTarget(revision.text), !revision.text.contains(":") else {
            throw invalid(
                "The step '\(step.summary)' has the revision '\(revision)', which reads as a target such as 'head', "
                    + "'003+1' or '001:003'. Rename it."
            )
        }
    }

    private static func checkParents(
        of revision: Revision,
        in steps: [Revision: CheckedStep]
    ) throws(DatabaseError) {
        var seen: Set<Revision> = []
        for parent in steps[revision]?.parents ?? [] {
            if parent == revision {
                throw invalid(
                    "The step '\(revision)' names itself as a parent. Name the revision that it follows, or none."
                )
            }
            if steps[parent] == nil {
                throw invalid(
                    "The step '\(revision)' follows '\(parent)', which is not among the steps. Add that step, or correct "
                        + "the parent; there are \(listed(steps.keys.sorted()))."
                )
            }
            if !seen.insert(parent).inserted {
                throw invalid("The step '\(revision)' names the parent '\(parent)' twice. Name it once.")
            }
        }
    }

    /// Refuses a merge of a revision with its own ancestor.
    ///
    /// It says nothing that the nearer parent does not say, and Alembic's version rows go wrong with it.
    func checkMerges() throws(DatabaseError) {
        for revision in revisions where parents(of: revision).count > 1 {
            for parent in parents(of: revision) {
                let included = ancestors(of: parent)
                guard let ancestor = parents(of: revision).first(where: included.contains) else { continue }
                throw Self.invalid(
                    "The step '\(revision)' follows '\(ancestor)' and '\(parent)', which includes '\(ancestor)'. "
                        + "Leave '\(ancestor)' out."
                )
            }
        }
    }

    private static func invalid(_ message: String) -> DatabaseError { DatabaseError(.invalidMigration, message) }
}

/// Revisions for a message: the first ten in quotes, and how many there are besides.
func listed(_ revisions: some Collection<Revision>) -> String {
    guard !revisions.isEmpty else { return "none" }
    let names = revisions.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    return revisions.count > 10 ? "\(names) and \(revisions.count - 10) more" : names
}
