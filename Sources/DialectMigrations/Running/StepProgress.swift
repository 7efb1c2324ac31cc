internal import DialectCore

/// How far a migration has come that no transaction can undo as a whole.
struct StepProgress: Sendable {
    private var finished: [PlannedStep] = []
    private var current: SpelledStep?
    /// How many operations of the step under way took effect for good.
    var completed = 0

    mutating func start(_ step: SpelledStep) {
        current = step
        completed = 0
    }

    mutating func finish() {
        if let current { finished.append(current.planned) }
        current = nil
    }

    /// What a failure leaves behind, and what to do about it.
    func outcome(of failure: MigrationFailure) -> String {
        let before =
            finished.isEmpty
            ? "No step was finished before it."
            : "Finished and recorded before it: \(finished.map(\.revision.text).joined(separator: ", "))."
        guard let current else { return before }
        var sentences = [before]
        switch completed {
        case 0: break
        case 1: sentences.append("Of \(current.planned), operation 1 stays, because this database commits it at once.")
        default:
            sentences.append(
                "Of \(current.planned), operations 1 to \(completed) stay, because this database commits them at once."
            )
        }
        switch failure.cause.code {
        case .connectionLost, .commitOutcomeUnknown, .cancelled:
            sentences.append("Whether what was running took effect is not known.")
        default:
            if completed == 0, !current.operations.prefix(1).contains(where: \.takesSeveralStatements) {
                sentences.append(
                    "Nothing of \(current.planned) stays; run the migration again when the cause is mended."
                )
                return sentences.joined(separator: " ")
            }
        }
        sentences.append(
            "Look at the database, undo by hand what is there of \(current.planned), and run the migration again."
        )
        return sentences.joined(separator: " ")
    }
}
