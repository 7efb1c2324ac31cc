import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Passwords of accounts.
///
/// See `AuthFort.passwords`.
public struct Passwords: Sendable {
    let context: AuthFortContext

    /// Verifies an address and a password, and gives the user who may go on to sign in.
    ///
    /// An unknown address takes as long as a wrong password, and gives the same error. Whether the user is banned shows
    /// only to those who know the password. A hash made with other costs than the configuration's is renewed.
    ///
    /// - Throws: `AuthError` with code `invalidCredentials`, `userBanned`, or `invalidEmail` when the text is no address;
    ///   with code `oauthAccount` or `noPassword` only where the configuration reveals other ways to sign in; or
    ///   `DatabaseError`.
    public func verify(email: String, password: String) async throws -> User {
        let email = try EmailAddress.normalize(email)
        let found = try await context.engine.withConnection { connection in
            try await UserRow.first(where: "email = \(email)", on: connection)
        }
        guard let found, !found.user.isDeleted else {
            try await context.hasher.verifyDummy(password)
            throw AuthError.invalidCredentials
        }
        guard let hash = found.passwordHash else {
            try await context.hasher.verifyDummy(password)
            throw try await withoutPassword(found.user)
        }
        guard try await context.hasher.verify(password, against: hash) else { throw AuthError.invalidCredentials }
        guard !found.user.isBanned else { throw AuthError.userBanned }
        if context.hasher.needsRehash(hash) {
            try await renew(hash, with: password, of: found.user.id)
        }
        return found.user
    }

    private func withoutPassword(_ user: User) async throws -> AuthError {
        guard context.configuration.passwords.revealsOtherSignInMethods else { return .invalidCredentials }
        let result = try await context.engine.execute(
            """
            SELECT provider FROM \(identifier: TableName.accounts) \
            WHERE user_id = \(user.id) AND provider <> \("email") ORDER BY provider
            """
        )
        let providers = try result.rows.map { row in try row.decode(String.self, at: 0) }
        return providers.isEmpty ? .noPasswordAtLogin : .oauthAccount(providers: providers)
    }

    /// Replaces a hash by one with today's costs, unless the password was changed meanwhile.
    private func renew(_ hash: String, with password: String, of user: UUID) async throws {
        let renewed = try await context.hasher.hash(password)
        try await context.engine.execute(
            """
            UPDATE \(identifier: TableName.users) SET password_hash = \(renewed) \
            WHERE id = \(user) AND password_hash = \(hash)
            """
        )
    }
}
