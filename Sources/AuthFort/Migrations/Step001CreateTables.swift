import DialectCore

/// Users, signing keys, accounts, refresh tokens, roles and verification tokens.
struct CreateTables: MigrationStep {
    let revision: Revision = "001"
    let parents: [Revision] = []
    let summary = "create the tables of users, keys, accounts, refresh tokens, roles and verification tokens"

    var upgrade: [MigrationOperation] {
        users + signingKeys + accounts + refreshTokens + userRoles + verificationTokens
    }

    var downgrade: [MigrationOperation] {
        [
            .dropTable(TableName.verificationTokens),
            .dropTable(TableName.userRoles),
            .dropTable(TableName.refreshTokens),
            .dropTable(TableName.accounts),
            .dropTable(TableName.signingKeys),
            .dropTable(TableName.users),
        ]
    }

    private var users: [MigrationOperation] {
        [
            .createTable(
                Table(
                    TableName.users,
                    columns: [
                        .id,
                        Column("email", .string(length: 255)),
                        .flag("email_verified"),
                        Column("name", .string(length: 255), nullable: true),
                        Column("avatar_url", .text, nullable: true),
                        Column("phone", .string(length: 50), nullable: true),
                        Column("password_hash", .string(length: 255), nullable: true),
                        Column("token_version", .integer, default: .integer(0)),
                        .flag("banned"),
                        .createdAt,
                        .time("updated_at"),
                    ],
                    primaryKey: PrimaryKey(["id"])
                )
            ),
            .createIndex(Index("ix_authfort_users_email", on: TableName.users, ["email"], unique: true)),
        ]
    }

    private var signingKeys: [MigrationOperation] {
        [
            .createTable(
                Table(
                    TableName.signingKeys,
                    columns: [
                        .id,
                        Column("kid", .string(length: 255)),
                        Column("private_key", .text),
                        Column("public_key", .text),
                        Column("algorithm", .string(length: 10)),
                        .flag("is_current"),
                        .createdAt,
                        .time("expires_at", nullable: true),
                    ],
                    primaryKey: PrimaryKey(["id"])
                )
            ),
            .createIndex(Index("ix_authfort_signing_keys_kid", on: TableName.signingKeys, ["kid"], unique: true)),
        ]
    }

    private var accounts: [MigrationOperation] {
        [
            .createTable(
                .ownedByUser(
                    TableName.accounts,
                    columns: [
                        Column("provider", .string(length: 50)),
                        Column("provider_account_id", .string(length: 255), nullable: true),
                        Column("access_token", .text, nullable: true),
                        Column("refresh_token", .text, nullable: true),
                        .time("expires_at", nullable: true),
                        .createdAt,
                    ],
                    uniqueConstraints: [UniqueConstraint(["provider", "provider_account_id"])]
                )
            ),
            .createIndex(Index("ix_authfort_accounts_user_id", on: TableName.accounts, ["user_id"])),
        ]
    }

    private var refreshTokens: [MigrationOperation] {
        let table = TableName.refreshTokens
        return [
            .createTable(
                .ownedByUser(
                    table,
                    columns: [
                        Column("token_hash", .string(length: 255)),
                        .time("expires_at"),
                        .createdAt,
                        .flag("revoked"),
                        Column("replaced_by", .uuid, nullable: true),
                        Column("user_agent", .text, nullable: true),
                        Column("ip_address", .string(length: 45), nullable: true),
                    ],
                    foreignKeys: [ForeignKey(["replaced_by"], references: table, ["id"], onDelete: .setNull)]
                )
            ),
            .createIndex(Index("ix_authfort_refresh_tokens_user_id", on: table, ["user_id"])),
            .createIndex(Index("ix_authfort_refresh_tokens_token_hash", on: table, ["token_hash"], unique: true)),
            .createIndex(Index("ix_authfort_refresh_tokens_user_id_revoked", on: table, ["user_id", "revoked"])),
        ]
    }

    private var userRoles: [MigrationOperation] {
        [
            .createTable(
                .ownedByUser(
                    TableName.userRoles,
                    columns: [Column("role", .string(length: 50)), .createdAt],
                    uniqueConstraints: [UniqueConstraint(["user_id", "role"])]
                )
            ),
            .createIndex(Index("ix_authfort_user_roles_user_id", on: TableName.userRoles, ["user_id"])),
        ]
    }

    private var verificationTokens: [MigrationOperation] {
        let table = TableName.verificationTokens
        return [
            .createTable(
                .ownedByUser(
                    table,
                    columns: [
                        Column("token_hash", .string(length: 255)),
                        Column("type", .string(length: 20)),
                        .time("expires_at"),
                        .createdAt,
                    ]
                )
            ),
            .createIndex(Index("ix_authfort_verification_tokens_user_id", on: table, ["user_id"])),
            .createIndex(Index("ix_authfort_verification_tokens_token_hash", on: table, ["token_hash"], unique: true)),
        ]
    }
}
