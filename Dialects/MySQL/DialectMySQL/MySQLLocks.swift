#if MySQL
internal import DialectCore

// https://mariadb.com/kb/en/get_lock/
extension MySQLConnection: AdvisoryLocking {
    /// The server's locks are for all of its databases, at most 64 characters long, and compare without case; a digest of the
    /// database's name and the lock's is none of that.
    private static let name = "SHA2(CONCAT(IFNULL(DATABASE(), ''), '.', ?), 256)"

    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        guard lifetime == .session else {
            throw DatabaseError(
                .unsupportedFeature,
                "MySQL and MariaDB have no advisory locks that end with a transaction; take one for the session."
            )
        }
        let taken = try await ask("SELECT GET_LOCK(\(Self.name), 0)", name)
        guard let taken else {
            throw DatabaseError(.other, "The server could not take the lock; it may be out of memory.")
        }
        return taken
    }

    func unlock(_ name: String) async throws(DatabaseError) {
        guard try await ask("SELECT RELEASE_LOCK(\(Self.name))", name) == true else {
            throw DatabaseError(.invalidTransactionState, "The session does not have the lock that it gives back.")
        }
    }

    private func ask(_ sql: String, _ name: String) async throws(DatabaseError) -> Bool? {
        let result = try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            return try await execute(sql, [.text(name)])
        }
        return try result.rows.first?.decode(Bool?.self, at: 0) ?? nil
    }
}
#endif
