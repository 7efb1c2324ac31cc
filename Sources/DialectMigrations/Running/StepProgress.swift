internal import DialectCore

/// How far a migration has come that no transaction can undo as a whole.
struct StepProgress: Sendable {
    private var finished: [Revision]
    /// The step under way.
    private(set) var current: SpelledStep?
    /// How many operations of the step under way took effect for good.
    var completed = 0
    /// The rows of the version table of the chain at work; nil until they are read.
    var versions: ChainVersions?

    /// Begins behind the steps that earlier attempts have finished.
    init(after steps: [MigrationReport.Step]) { finished = steps.map(\.revision) }

    mutating func start(_ step: SpelledStep) {
        current = step
        completed = 0
    }

    mutating func finish() {
        if let current {
            finished.append(current.planned.revision)
            versions = versions.map { ChainVersions(chain: $0.chain, rows: current.planned.versions) }
        }
        current = nil
    }

    /// What a failure leaves behind, and what to do about it.
    func outcome(of failure: MigrationFailure) -> String {
        var sentences = [
            finished.isEmpty
                ? "No step was finished before it."
                : "Finished and recorded before it: \(finished.map(\.text).joined(separator: ", "))."
        ]
        guard let current else { return sentences[0] }
        switch completed {
        case 0: break
        case 1: sentences.append("Of \(current.planned), operation 1 stays, because this database commits it at once.")
        default:
            sentences.append(
                "Of \(current.planned), operations 1 to \(completed) stay, because this database commits them at once."
            )
        }
        // Such an error says by itself what to do.
        if failure.cause.code == .invalidMigration { return sentences.joined(separator: " ") }
        if failure.leavesDoubt {
            sentences.append("Whether what was running took effect is not known; the next run finds out.")
        }
        sentences.append("Run the migration again when the cause is mended: it goes on from there.")
        return sentences.joined(separator: " ")
    }
}
