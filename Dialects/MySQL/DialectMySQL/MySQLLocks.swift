#if MySQL
internal import DialectCore

// https://mariadb.com/kb/en/get_lock/
extension MySQLConnection: AdvisoryLocking {
    /// The server's locks are for all of its databases, at most 64 characters long, and compare without case; a digest of the
    /// database's name and the lock's is none of that.
    private static let name = "SHA2(CONCAT(IFNULL(DATABASE(), ''), '.', ?), 256)"

    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        guard lifetime == .session else { throw Self.hasNoTransactionLocks }
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

    func holder(of name: String) async throws(DatabaseError) -> String? {
        try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            let answer = try await execute("SELECT IS_USED_LOCK(\(Self.name))", [.text(name)])
            guard let id = try answer.rows.first?.decode(Int64?.self, at: 0) else { return nil }
            // A user without the privilege PROCESS is shown its own sessions only.
            let sessions = try await execute(
                "SELECT USER, HOST, COMMAND, TIME FROM information_schema.PROCESSLIST WHERE ID = ?",
                [.integer(id)]
            )
            guard let session = sessions.rows.first else { return "connection \(id)" }
            let (user, host, command) = try session.decode(String.self, String.self, String.self)
            let seconds = try session.decode(Int64?.self, at: 3) ?? 0
            return "connection \(id) of user '\(user)' from \(host), which has been in the state '\(command)' for "
                + "\(seconds) s"
        }
    }

    // https://mariadb.com/kb/en/server-system-variables/#wait_timeout
    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError) {
        guard lifetime == .session else { throw Self.hasNoTransactionLocks }
        let seconds = limit.map { "\(Int64(min(max($0, .seconds(1)) / .seconds(1), 31_536_000).rounded(.up)))" }
        try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            _ = try await execute("SET SESSION wait_timeout = \(seconds ?? "DEFAULT")", [])
        }
    }

    private static let hasNoTransactionLocks = DatabaseError(
        .unsupportedFeature,
        "MySQL and MariaDB have no advisory locks that end with a transaction; take one for the session."
    )

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
