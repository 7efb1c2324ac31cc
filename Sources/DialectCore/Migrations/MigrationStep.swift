/// One revision of a schema: which revisions it follows, and what it changes.
///
/// A step describes its operations instead of running them, so it can be planned, printed as SQL for any dialect and
/// recorded. The same step must describe the same operations every time it is asked.
public protocol MigrationStep: Sendable {
    /// The step's identity, unique in its chain.
    var revision: Revision { get }

    /// The revisions that must be applied before: none for a base, several for a merge.
    var parents: [Revision] { get }

    /// What the step does, in a few words.
    var summary: String { get }

    /// What leads from the parents to this revision, in order.
    var upgrade: [MigrationOperation] { get }

    /// What leads back to the parents, in order.
    var downgrade: [MigrationOperation] { get }

    /// The revisions of other chains that have to be applied before; none unless told.
    ///
    /// An upgrade applies them first, under the same lock, when its migrator was given their chains.
    var requirements: [MigrationRequirement] { get }

    /// The tables that the step may change although no operation of its chain makes them; none unless told.
    ///
    /// Those of other owners, and those that a statement makes. The steps that follow may change them as well.
    var adoptedTables: Set<Identifier> { get }
}

extension MigrationStep {
    /// No requirements.
    public var requirements: [MigrationRequirement] { [] }

    /// No tables.
    public var adoptedTables: Set<Identifier> { [] }
}
