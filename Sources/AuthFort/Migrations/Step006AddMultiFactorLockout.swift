import DialectCore

/// Wrong one-time codes are counted, and lock the second factor for a while.
struct AddMultiFactorLockout: MigrationStep {
    let revision: Revision = "006"
    let parents: [Revision] = ["005"]
    let summary = "add failed_attempts and locked_until to second factors"

    var upgrade: [MigrationOperation] {
        [
            .addColumn(Column("failed_attempts", .integer, default: .integer(0)), to: TableName.userMFA),
            .addColumn(.time("locked_until", nullable: true), to: TableName.userMFA),
        ]
    }

    var downgrade: [MigrationOperation] {
        [.dropColumn("locked_until", from: TableName.userMFA), .dropColumn("failed_attempts", from: TableName.userMFA)]
    }
}
