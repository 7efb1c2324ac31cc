import DialectCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A row of `authfort_users` as the services need it: the user and what only they may see.
struct UserRow {
    var user: User
    var passwordHash: String?

    /// The columns that `init(_:)` reads, in its order.
    static let columns: Statement = """
        id, email, email_verified, name, avatar_url, phone, banned, is_deleted, deleted_at, created_at, password_hash
        """

    init(_ row: Row) throws(DatabaseError) {
        user = User(
            id: try row.decode(at: 0),
            email: try row.decode(at: 1),
            isEmailVerified: try row.decode(at: 2),
            name: try row.decode(at: 3),
            avatarURL: try row.decode(at: 4),
            phone: try row.decode(at: 5),
            isBanned: try row.decode(at: 6),
            isDeleted: try row.decode(at: 7),
            deletedAt: try row.decode(at: 8),
            roles: [],
            createdAt: try row.decode(at: 9)
        )
        passwordHash = try row.decode(at: 10)
    }

    /// The row that a condition selects, with its roles.
    static func first(
        where condition: Statement,
        on connection: some Connection
    ) async throws(DatabaseError) -> UserRow? {
        let result = try await connection.execute(
            "SELECT \(columns) FROM \(identifier: TableName.users) WHERE \(condition)"
        )
        guard let row = result.rows.first else { return nil }
        var found = try UserRow(row)
        found.user.roles = try await UserRole.roles(of: [found.user.id], on: connection)[found.user.id] ?? []
        return found
    }
}

/// Rows of `authfort_user_roles`.
enum UserRole {
    /// The sorted roles of each of the users that has any.
    static func roles(
        of users: [UUID],
        on connection: some Connection
    ) async throws(DatabaseError) -> [UUID: [String]] {
        guard !users.isEmpty else { return [:] }
        let result = try await connection.execute(
            "SELECT user_id, role FROM \(identifier: TableName.userRoles) WHERE user_id IN (\(values: users)) ORDER BY role"
        )
        var roles: [UUID: [String]] = [:]
        for row in result.rows {
            let (user, role) = try row.decode(UUID.self, String.self)
            roles[user, default: []].append(role)
        }
        return roles
    }
}
