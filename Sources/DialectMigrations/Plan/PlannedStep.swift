public import DialectCore

/// One step of a plan: what is run, and what becomes of the version table.
public struct PlannedStep: Sendable {
    /// The name of the step's chain.
    public let chain: String
    /// The revision that is applied or undone.
    public let revision: Revision
    /// What its step does when it is applied, in a few words.
    public let summary: String
    /// Whether it is applied or undone.
    public let direction: MigrationDirection
    /// What is run, in order.
    public let operations: [MigrationOperation]
    /// What is recorded after the operations, in order; each changes exactly one row.
    public let versionChanges: [VersionChange]
    /// The rows of the version table after the step, by their text.
    public let versions: [Revision]
    /// The revisions of other chains that have to be applied before; none for a downgrade.
    public let requirements: [MigrationRequirement]
}

extension PlannedStep: CustomStringConvertible {
    /// The step in a few words, such as `upgrade 002 (sessions)`.
    public var description: String { "\(direction) \(revision) (\(summary))" }
}
