import DialectCore

/// Refresh tokens learn which session they belong to; those that exist become sessions of their own.
struct AddSessionID: MigrationStep {
    let revision: Revision = "002"
    let parents: [Revision] = ["001"]
    let summary = "add session_id to refresh tokens"

    private let table = TableName.refreshTokens
    private let index = "ix_authfort_refresh_tokens_session_id"

    var upgrade: [MigrationOperation] {
        [
            .addColumn(Column("session_id", .uuid, nullable: true), to: table),
            .createIndex(Index(index, on: table, ["session_id"])),
            .statement("UPDATE \(identifier: table) SET session_id = id WHERE session_id IS NULL"),
        ]
    }

    var downgrade: [MigrationOperation] {
        [.dropIndex(index, on: table), .dropColumn("session_id", from: table)]
    }
}
