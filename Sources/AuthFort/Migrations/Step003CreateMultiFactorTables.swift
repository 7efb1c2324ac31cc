import DialectCore

/// One-time-code secrets and backup codes.
struct CreateMultiFactorTables: MigrationStep {
    let revision: Revision = "003"
    let parents: [Revision] = ["002"]
    let summary = "create the tables of second factors and backup codes"

    var upgrade: [MigrationOperation] {
        [
            .createTable(
                .ownedByUser(
                    TableName.userMFA,
                    columns: [
                        Column("totp_secret", .text),
                        .flag("enabled"),
                        .time("enabled_at", nullable: true),
                        .time("last_used_at", nullable: true),
                        Column("last_used_code", .string(length: 6), nullable: true),
                        .createdAt,
                    ]
                )
            ),
            .createIndex(Index("ix_authfort_user_mfa_user_id", on: TableName.userMFA, ["user_id"], unique: true)),
            .createTable(
                .ownedByUser(
                    TableName.backupCodes,
                    columns: [
                        Column("code_hash", .string(length: 64)),
                        .flag("used"),
                        .time("used_at", nullable: true),
                        .createdAt,
                    ]
                )
            ),
            .createIndex(Index("ix_authfort_mfa_backup_codes_user_id", on: TableName.backupCodes, ["user_id"])),
        ]
    }

    // The indexes go with their tables: dropping one first fails where a foreign key needs it.
    var downgrade: [MigrationOperation] { [.dropTable(TableName.backupCodes), .dropTable(TableName.userMFA)] }
}
