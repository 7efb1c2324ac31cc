import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Which users to list, in which order.
public struct UserQuery: Sendable, Hashable {
    /// What to sort by.
    ///
    /// Users that are equal in it follow each other in the order of their identities.
    public enum SortKey: String, Sendable, Hashable, CaseIterable {
        /// The time the account was made.
        case createdAt = "created_at"
        /// The address.
        case email
        /// The name.
        case name
    }

    /// Only users whose address or name contains this text, in any case of ASCII letters; nil for all.
    public var text: String?
    /// Only users that are, or are not, banned; nil for both.
    public var isBanned: Bool?
    /// Only users with this role; nil for all.
    public var role: String?
    /// Whether deleted accounts are listed too.
    ///
    /// False unless told.
    public var includesDeleted = false
    /// What to sort by; the time the account was made unless told.
    public var sortKey = SortKey.createdAt
    /// Whether the order is from least to greatest.
    ///
    /// False unless told: the newest user comes first.
    public var isAscending = false

    /// Makes a query for all users that are not deleted, newest first.
    public init() {}
}

/// Some of the users that a query finds.
public struct UserPage: Sendable, Hashable {
    /// The users of this page.
    public var users: [User]
    /// How many users the query finds in all.
    public var total: Int
    /// How many users a page holds at most.
    public var limit: Int
    /// How many users come before this page.
    public var offset: Int
}

extension Users {
    /// Lists users page by page.
    ///
    /// - Parameters:
    ///   - query: Which users, in which order.
    ///   - limit: How many users at most, 50 unless told.
    ///   - offset: How many users to skip, none unless told.
    /// - Returns: The page and the number of all users that the query finds, both from one snapshot.
    /// - Throws: `DatabaseError`, with code `invalidConfiguration` for a negative limit or offset.
    public func page(_ query: UserQuery = UserQuery(), limit: Int = 50, offset: Int = 0) async throws -> UserPage {
        guard limit >= 0, offset >= 0 else {
            throw DatabaseError(
                .invalidConfiguration,
                "A page has a limit of \(limit) and an offset of \(offset); neither may be negative."
            )
        }
        // At the usual level of most servers, the count and the page would each see a snapshot of their own.
        let snapshot = TransactionOptions(isolationLevel: .repeatableRead, accessMode: .readOnly)
        return try await context.engine.withTransaction(snapshot) { connection in
            let condition = query.condition
            let count = try await connection.execute(
                "SELECT count(*) FROM \(identifier: TableName.users) WHERE \(condition)"
            )
            let result = try await connection.execute(
                """
                SELECT \(UserRow.columns) FROM \(identifier: TableName.users) WHERE \(condition) \
                ORDER BY \(query.order) LIMIT \(limit) OFFSET \(offset)
                """
            )
            var users = try result.rows.map { row in try UserRow(row).user }
            let roles = try await UserRole.roles(of: users.map(\.id), on: connection)
            for index in users.indices { users[index].roles = roles[users[index].id] ?? [] }
            let total = try count.rows.first?.decode(Int.self, at: 0) ?? 0
            return UserPage(users: users, total: total, limit: limit, offset: offset)
        }
    }
}

extension UserQuery {
    var condition: Statement {
        var parts: [Statement] = []
        if !includesDeleted { parts.append("is_deleted = \(false)") }
        if let isBanned { parts.append("banned = \(isBanned)") }
        if let role {
            parts.append("id IN (SELECT user_id FROM \(identifier: TableName.userRoles) WHERE role = \(role))")
        }
        if let text {
            let pattern = "%\(text.escapedForLike)%"
            parts.append(
                "(lower(email) LIKE lower(\(pattern)) ESCAPE '!' OR lower(name) LIKE lower(\(pattern)) ESCAPE '!')"
            )
        }
        guard var condition = parts.first else { return "1 = 1" }
        for part in parts.dropFirst() { condition = "\(condition) AND \(part)" }
        return condition
    }

    var order: Statement {
        let direction = Statement(unsafe: isAscending ? "ASC" : "DESC")
        return "\(identifier: sortKey.rawValue) \(direction), id \(direction)"
    }
}

extension String {
    /// The text for a LIKE pattern with the escape character `!`.
    fileprivate var escapedForLike: String {
        String(flatMap { "!%_".contains($0) ? ["!", $0] : [$0] })
    }
}
