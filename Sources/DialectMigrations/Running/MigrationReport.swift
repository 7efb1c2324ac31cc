public import DialectCore

/// What an upgrade or downgrade did.
public struct MigrationReport: Sendable, Hashable {
    /// A step that was run.
    public struct Step: Sendable, Hashable {
        /// The name of the step's chain: the migrator's own, or one that its steps require.
        public let chain: String
        /// The revision that was applied or undone.
        public let revision: Revision
        /// What its step does when it is applied, in a few words.
        public let summary: String
        /// How long its operations and the record of its version took.
        public let duration: Duration

        init(_ step: PlannedStep, duration: Duration) {
            chain = step.chain
            revision = step.revision
            summary = step.summary
            self.duration = duration
        }
    }

    /// Whether the steps were applied or undone.
    public let direction: MigrationDirection
    /// The rows of the version table before the first step, by their text.
    public let before: [Revision]
    /// The rows of the version table now, by their text.
    public let after: [Revision]
    /// The steps that this migrator ran, in order, what they require of other chains among them; empty when there was
    /// nothing to do.
    public let steps: [Step]
}
