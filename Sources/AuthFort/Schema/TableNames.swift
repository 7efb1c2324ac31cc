import DialectCore

/// The names of AuthFort's tables, as the Python library has them.
enum TableName {
    static let users: Identifier = "authfort_users"
    static let signingKeys: Identifier = "authfort_signing_keys"
    static let accounts: Identifier = "authfort_accounts"
    static let refreshTokens: Identifier = "authfort_refresh_tokens"
    static let userRoles: Identifier = "authfort_user_roles"
    static let verificationTokens: Identifier = "authfort_verification_tokens"
    static let userMFA: Identifier = "authfort_user_mfa"
    static let backupCodes: Identifier = "authfort_mfa_backup_codes"
    static let passwordHistory: Identifier = "authfort_password_history"
    static let version: Identifier = "authfort_alembic_version"
    /// Not one of the ten tables: the migrator's, and there while it is at work.
    static let journal: Identifier = "authfort_alembic_version_journal"

    static let all: [Identifier] = [
        users, accounts, refreshTokens, userRoles, signingKeys, verificationTokens, userMFA, backupCodes,
        passwordHistory, version,
    ]
}
