import DialectCore
import DialectMigrations

/// AuthFort's migration chain: the revisions of the Python library 0.0.31, which share its version table.
enum AuthFortChain {
    /// The chain.
    ///
    /// Revisions of our own must never enter it: the Python library refuses a version that it does not know.
    static func chain() throws(DatabaseError) -> MigrationChain {
        try MigrationChain("authfort", versionTable: TableName.version, steps: steps)
    }

    private static let steps: [any MigrationStep] = [
        CreateTables(), AddSessionID(), CreateMultiFactorTables(), CreatePasswordHistory(), AddSoftDeletion(),
        AddMultiFactorLockout(),
    ]
}
