package import DialectCore
package import DialectMigrations

/// AuthFort's migration chain: the revisions of the Python library 0.0.31, which share its version table.
package enum AuthFortChain {
    /// The chain's name.
    static let name = "authfort"

    /// The chain.
    ///
    /// Revisions of our own must never enter it: the Python library refuses a version that it does not know.
    package static func chain() throws(DatabaseError) -> MigrationChain {
        // Alembic, with the Python library's filters, would propose to drop a table that is not one of the ten.
        try MigrationChain(name, versionTable: TableName.version, keepsJournal: false, steps: steps)
    }

    private static let steps: [any MigrationStep] = [
        CreateTables(), AddSessionID(), CreateMultiFactorTables(), CreatePasswordHistory(), AddSoftDeletion(),
        AddMultiFactorLockout(),
    ]
}
