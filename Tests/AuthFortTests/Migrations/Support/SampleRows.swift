import DialectCore
import DialectEngine
import Foundation

/// Rows in the tables of revision 001, which every later revision has too.
enum SampleRows {
    private static let columns = [
        "authfort_users": [
            "id", "email", "email_verified", "name", "avatar_url", "phone", "password_hash", "token_version", "banned",
            "created_at", "updated_at",
        ],
        "authfort_signing_keys": [
            "id", "kid", "private_key", "public_key", "algorithm", "is_current", "created_at", "expires_at",
        ],
        "authfort_accounts": [
            "id", "user_id", "provider", "provider_account_id", "access_token", "refresh_token", "expires_at",
            "created_at",
        ],
        "authfort_refresh_tokens": [
            "id", "user_id", "token_hash", "expires_at", "created_at", "revoked", "replaced_by", "user_agent",
            "ip_address",
        ],
        "authfort_user_roles": ["id", "user_id", "role", "created_at"],
        "authfort_verification_tokens": ["id", "user_id", "token_hash", "type", "expires_at", "created_at"],
    ]

    /// Fills the tables with a few users and what belongs to them.
    static func insert(with engine: Engine) async throws {
        let time = Timestamp(microsecondsSinceEpoch: 1_900_000_000_000_000)
        try await engine.withTransaction { connection in
            func insert(_ table: String, _ values: [(any SQLEncodable)?]) async throws {
                var statement: Statement =
                    "INSERT INTO \(identifier: table) (\(identifiers: columns[table] ?? [])) VALUES ("
                for (index, value) in values.enumerated() {
                    if index > 0 { statement.append(unsafe: ", ") }
                    if let value { statement.append(value) } else { statement.append(unsafe: "NULL") }
                }
                statement.append(unsafe: ")")
                try await connection.execute(statement)
            }
            try await insert(
                "authfort_signing_keys",
                [UUID(), "key", "private", "public", "RS256", true, time, nil]
            )
            for number in 1...3 {
                let (user, token) = (UUID(), UUID())
                try await insert(
                    "authfort_users",
                    [
                        user, "\(number)@example.com", true, "Übung \(number)", nil, nil, "hash", number, false, time,
                        time,
                    ]
                )
                try await insert(
                    "authfort_accounts",
                    [UUID(), user, "email", "\(number)@example.com", nil, nil, nil, time]
                )
                try await insert(
                    "authfort_refresh_tokens",
                    [token, user, "first \(number)", time, time, false, nil, "agent", "127.0.0.1"]
                )
                try await insert(
                    "authfort_refresh_tokens",
                    [UUID(), user, "second \(number)", time, time, true, token, nil, nil]
                )
                try await insert("authfort_user_roles", [UUID(), user, "admin", time])
                try await insert("authfort_verification_tokens", [UUID(), user, "hash \(number)", "email", time, time])
            }
        }
    }

    /// Every row, in a form that compares.
    static func read(with engine: Engine) async throws -> [String] {
        var lines: [String] = []
        for (table, columns) in columns {
            let rows = try await engine.execute("SELECT \(identifiers: columns) FROM \(identifier: table)").rows
            for row in rows {
                let cells = try columns.indices.map { index in "\(try row.decode(SQLValue.self, at: index))" }
                lines.append("\(table) \(cells.joined(separator: " "))")
            }
        }
        return lines.sorted()
    }
}
