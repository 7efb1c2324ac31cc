import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Users {
    /// Makes an account that signs in with a password.
    ///
    /// The password is looked up among known breaches as the configuration says, unless the address is given as
    /// verified, which means that the application vouches for the user. Neither the look-up nor the hashing holds a
    /// database connection.
    ///
    /// - Parameters:
    ///   - email: The address, which is normalised first.
    ///   - password: The password.
    ///   - name: The name to show; HTML is taken out and the rest is escaped.
    ///   - avatarURL: An http or https URL of a picture.
    ///   - phone: A phone number of digits, spaces, and the characters `-().+`.
    ///   - isEmailVerified: Whether the application has proof that the user receives mail at the address.
    /// - Returns: The new user.
    /// - Throws: `AuthError` with code `invalidEmail`, `invalidName`, `invalidPhone`, `invalidAvatarURL`,
    ///   `passwordTooShort`, `passwordPwned` or `userExists`, or `DatabaseError`.
    public func create(
        email: String,
        password: String,
        name: String? = nil,
        avatarURL: String? = nil,
        phone: String? = nil,
        isEmailVerified: Bool = false
    ) async throws -> User {
        let email = try EmailAddress.normalize(email)
        try context.newPasswordRules.checkLength(of: password)
        let profile = try Profile(name: name, avatarURL: avatarURL, phone: phone)
        guard try await find(email: email) == nil else { throw AuthError.userExists }
        if !isEmailVerified {
            try await context.newPasswordRules.checkBreaches(of: password)
        }
        let hash = try await context.hasher.hash(password)
        let user = User(
            id: UUID(),
            email: email,
            isEmailVerified: isEmailVerified,
            name: profile.name,
            avatarURL: profile.avatarURL,
            phone: profile.phone,
            isBanned: false,
            isDeleted: false,
            deletedAt: nil,
            roles: [],
            createdAt: context.now()
        )
        try await insert(user, passwordHash: hash)
        return user
    }

    private func insert(_ user: User, passwordHash: String) async throws {
        do {
            try await context.engine.withTransaction { connection in
                try await connection.execute(
                    """
                    INSERT INTO \(identifier: TableName.users)
                    (id, email, email_verified, name, avatar_url, phone, password_hash, token_version, banned, \
                    created_at, updated_at, is_deleted, deleted_at)
                    VALUES (\(user.id), \(user.email), \(user.isEmailVerified), \(user.name), \(user.avatarURL), \
                    \(user.phone), \(passwordHash), \(0), \(false), \(user.createdAt), \(user.createdAt), \(false), \
                    \(SQLValue.null))
                    """
                )
                try await PasswordHistory(context: context).record(passwordHash, of: user.id, on: connection)
                try await connection.execute(
                    """
                    INSERT INTO \(identifier: TableName.accounts)
                    (id, user_id, provider, provider_account_id, access_token, refresh_token, expires_at, created_at)
                    VALUES (\(UUID()), \(user.id), \("email"), \(user.email), \(SQLValue.null), \(SQLValue.null), \
                    \(SQLValue.null), \(user.createdAt))
                    """
                )
            }
        } catch let error as DatabaseError where error.code == .uniqueViolation {
            // Somebody else took the address between the look-up and the insert.
            throw AuthError.userExists
        }
    }
}

/// What a user tells about themselves, after the rules for each field.
struct Profile {
    let name: String?
    let avatarURL: String?
    let phone: String?

    init(name: String?, avatarURL: String?, phone: String?) throws(AuthError) {
        self.name = try name.flatMap(DisplayName.normalize)
        self.phone = try phone.flatMap(PhoneNumber.normalize)
        self.avatarURL = try avatarURL.flatMap(AvatarURL.normalize)
    }
}
