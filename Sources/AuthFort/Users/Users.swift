import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The accounts: making, finding, banning and deleting them.
///
/// See `AuthFort.users`.
public struct Users: Sendable {
    let context: AuthFortContext

    /// Finds a user by identity.
    ///
    /// - Parameters:
    ///   - id: The user's identity.
    ///   - includingDeleted: Whether a deleted account counts, false unless told.
    /// - Returns: The user, or nil when there is none.
    /// - Throws: `DatabaseError`.
    public func find(id: UUID, includingDeleted: Bool = false) async throws -> User? {
        try await find(where: "id = \(id)", includingDeleted: includingDeleted)
    }

    /// Finds a user by address, which is normalised first.
    ///
    /// - Returns: The user, or nil when there is none; deleted accounts have no address any more.
    /// - Throws: `AuthError` with code `invalidEmail` when the text is no address, or `DatabaseError`.
    public func find(email: String) async throws -> User? {
        let email = try EmailAddress.normalize(email)
        return try await find(where: "email = \(email)", includingDeleted: false)
    }

    private func find(where condition: Statement, includingDeleted: Bool) async throws -> User? {
        let row = try await context.engine.withConnection { connection in
            try await UserRow.first(where: condition, on: connection)
        }
        guard let user = row?.user, includingDeleted || !user.isDeleted else { return nil }
        return user
    }
}
