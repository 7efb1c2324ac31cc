import DialectCore

/// The hashes of former passwords.
struct CreatePasswordHistory: MigrationStep {
    let revision: Revision = "004"
    let parents: [Revision] = ["003"]
    let summary = "create the table of former passwords"

    private let table = TableName.passwordHistory

    var upgrade: [MigrationOperation] {
        [
            .createTable(
                .ownedByUser(table, columns: [Column("password_hash", .string(length: 255)), .createdAt])
            ),
            .createIndex(Index("ix_authfort_password_history_user_id", on: table, ["user_id"])),
            .createIndex(
                Index(
                    "ix_authfort_password_history_user_created",
                    on: table,
                    ["user_id", .descending("created_at")]
                )
            ),
        ]
    }

    // The indexes go with the table: dropping one first fails where a foreign key needs it.
    var downgrade: [MigrationOperation] { [.dropTable(table)] }
}
