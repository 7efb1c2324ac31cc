public import DialectCore

extension Migrator {
    /// The SQL of a plan in the words of the database that the migrator works on.
    ///
    /// - Throws: `DatabaseError` as `MigrationScript` does.
    public func script(of plan: MigrationPlan) throws(DatabaseError) -> MigrationScript {
        try MigrationScript(plan, dialect: dialect)
    }
}
