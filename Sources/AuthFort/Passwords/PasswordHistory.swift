import DialectCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Rows of `authfort_password_history`, kept only where the configuration asks for a history.
struct PasswordHistory {
    let context: AuthFortContext

    private var count: Int { context.configuration.passwords.historyCount }

    /// Adds a hash and forgets all but the newest.
    func record(_ hash: String, of user: UUID, on connection: some Connection) async throws(DatabaseError) {
        guard count > 0 else { return }
        let id = UUID()
        try await connection.execute(
            """
            INSERT INTO \(identifier: TableName.passwordHistory) (id, user_id, password_hash, created_at)
            VALUES (\(id), \(user), \(hash), \(context.now()))
            """
        )
        // The new hash is the newest, also where times are whole seconds and another one has the same.
        let older = try await connection.execute(
            """
            SELECT id FROM \(identifier: TableName.passwordHistory) WHERE user_id = \(user) AND id <> \(id) \
            ORDER BY created_at DESC, id DESC LIMIT \(count - 1)
            """
        )
        let kept = try [id] + older.rows.map { row throws(DatabaseError) in try row.decode(UUID.self, at: 0) }
        try await connection.execute(
            """
            DELETE FROM \(identifier: TableName.passwordHistory) \
            WHERE user_id = \(user) AND id NOT IN (\(values: kept))
            """
        )
    }
}
