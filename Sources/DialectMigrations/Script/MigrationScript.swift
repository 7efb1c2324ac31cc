public import DialectCore

/// The SQL of a migration as one text, to be run by a database's own client.
///
/// It is made without a database, as Alembic's offline mode makes it, and records the versions too: from the base on it
/// creates the version table, and each step ends with the change of that table's rows. Where schema operations take part
/// in a transaction everything runs in one, except for what has to run outside.
public struct MigrationScript: Sendable, Hashable {
    /// The text: SQL, and a comment before each step; empty for a plan without steps.
    public let text: String

    /// Makes the script for a part of a chain.
    ///
    /// - Throws: `DatabaseError` as `MigrationPlan` does, and with code `unsupportedFeature` when a step runs code, which
    ///   is not SQL, or when the dialect cannot do an operation.
    public init(
        _ chain: MigrationChain,
        _ range: MigrationRange = MigrationRange(),
        dialect: any Dialect
    ) throws(DatabaseError) {
        try self.init(try MigrationPlan(chain, range), dialect: dialect)
    }

    /// Makes the script of a plan.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when a step runs code, which is not SQL, or when the
    ///   dialect cannot do an operation.
    public init(_ plan: MigrationPlan, dialect: any Dialect) throws(DatabaseError) {
        guard !plan.isEmpty else {
            text = ""
            return
        }
        let table = VersionTable(name: plan.chain.versionTable)
        var writer = ScriptWriter(dialect: dialect, model: try plan.chain.model(at: plan.before))
        if plan.before.isEmpty { try writer.write(.createTable(table.definition)) }
        var rows = plan.before
        for step in plan.steps {
            writer.comment("Running \(step.direction) \(listing(rows)) -> \(listing(step.versions)), \(step.summary)")
            for operation in step.operations { try writer.write(operation, of: step) }
            for change in step.versionChanges { try writer.write(table.statement(for: change)) }
            rows = step.versions
        }
        text = try writer.script()
    }
}

private func listing(_ revisions: [Revision]) -> String { revisions.map(\.text).joined(separator: ", ") }
