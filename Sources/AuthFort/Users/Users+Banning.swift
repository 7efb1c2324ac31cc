import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Users {
    /// Bans a user: they cannot sign in, and every token they hold becomes invalid.
    ///
    /// - Throws: `AuthError` with code `userNotFound`, or `DatabaseError`.
    public func ban(_ id: UUID) async throws {
        try await context.engine.withTransaction { connection in
            let result = try await connection.execute(
                """
                UPDATE \(identifier: TableName.users) SET banned = \(true), token_version = token_version + 1, \
                updated_at = \(context.now()) WHERE id = \(id)
                """
            )
            guard result.affectedRows == 1 else { throw AuthError.userNotFound }
            try await connection.execute(
                """
                UPDATE \(identifier: TableName.refreshTokens) SET revoked = \(true) \
                WHERE user_id = \(id) AND revoked = \(false)
                """
            )
        }
    }

    /// Lets a banned user sign in again.
    ///
    /// Tokens from before stay invalid.
    ///
    /// - Throws: `AuthError` with code `userNotFound`, or `DatabaseError`.
    public func unban(_ id: UUID) async throws {
        try await context.engine.withTransaction { connection in
            let result = try await connection.execute(
                """
                UPDATE \(identifier: TableName.users) SET banned = \(false), updated_at = \(context.now()) \
                WHERE id = \(id)
                """
            )
            guard result.affectedRows == 1 else { throw AuthError.userNotFound }
        }
    }
}
