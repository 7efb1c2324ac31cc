import DialectCore
import DialectEngine

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Users {
    /// What is left of a user after deletion.
    public enum Deletion: Sendable, Hashable {
        /// The row stays, without anything that tells whose it was, so that what references it stays whole.
        case anonymize
        /// The row goes as well.
        case removeRow
    }

    /// Deletes a user with all roles, sessions, accounts, second factors and former passwords, in one transaction.
    ///
    /// Making a user anonymous who already is changes nothing.
    ///
    /// - Throws: `AuthError` with code `userNotFound`, or `DatabaseError`, with code `foreignKeyViolation` when the row is
    ///   to go and a table of the application still references it.
    public func delete(_ id: UUID, _ deletion: Deletion = .anonymize) async throws {
        try await context.engine.withTransaction { connection in
            guard let row = try await UserRow.first(where: "id = \(id)", on: connection) else {
                throw AuthError.userNotFound
            }
            guard deletion == .removeRow || !row.user.isDeleted else { return }
            try await purge(id, on: connection)
            switch deletion {
            case .anonymize: try await anonymize(id, on: connection)
            case .removeRow:
                try await connection.execute("DELETE FROM \(identifier: TableName.users) WHERE id = \(id)")
            }
        }
    }

    /// Deletes what belongs to the user, one table after the other: the Python library's SQLite databases do not enforce
    /// foreign keys, so ON DELETE cannot be relied on.
    private func purge(_ id: UUID, on connection: some Connection) async throws(DatabaseError) {
        try await connection.execute(
            "UPDATE \(identifier: TableName.refreshTokens) SET replaced_by = \(SQLValue.null) WHERE user_id = \(id)"
        )
        let tables = [
            TableName.userRoles, TableName.refreshTokens, TableName.accounts, TableName.verificationTokens,
            TableName.userMFA, TableName.backupCodes, TableName.passwordHistory,
        ]
        for table in tables {
            try await connection.execute("DELETE FROM \(identifier: table) WHERE user_id = \(id)")
        }
    }

    private func anonymize(_ id: UUID, on connection: some Connection) async throws(DatabaseError) {
        let now = context.now()
        try await connection.execute(
            """
            UPDATE \(identifier: TableName.users) SET name = \("Deleted user"), avatar_url = \(SQLValue.null), \
            phone = \(SQLValue.null), email = \("deleted+\(id.uuidString.lowercased())@deleted.invalid"), \
            password_hash = \(SQLValue.null), token_version = token_version + 1, is_deleted = \(true), \
            deleted_at = \(now), updated_at = \(now) WHERE id = \(id)
            """
        )
    }
}
