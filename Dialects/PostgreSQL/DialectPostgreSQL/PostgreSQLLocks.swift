#if PostgreSQL
internal import CLibPQ
internal import DialectCore

// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
extension PostgreSQLConnection: AdvisoryLocking {
    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        let key = PostgreSQLLockKey(name).rawValue
        return try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            switch lifetime {
            case .session:
                try self.refuseBehindPooler("a lock of the session")
                // The statement says so itself: it names the function.
                return try await self.run("SELECT pg_try_advisory_lock(\(key))").isTrue()
            case .transaction:
                guard try self.living().transactionStatus != PQTRANS_IDLE else {
                    throw DatabaseError(
                        .invalidTransactionState,
                        "A lock of the transaction needs one around it; begin one first."
                    )
                }
                return try await self.run("SELECT pg_try_advisory_xact_lock(\(key))").isTrue()
            }
        }
    }

    func unlock(_ name: String) async throws(DatabaseError) {
        let key = PostgreSQLLockKey(name).rawValue
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            try self.refuseBehindPooler("a lock of the session")
            guard try await self.run("SELECT pg_advisory_unlock(\(key))").isTrue() else {
                throw DatabaseError(.invalidTransactionState, "The session does not have the lock '\(name)'.")
            }
        }
    }

    // https://www.postgresql.org/docs/current/view-pg-locks.html: a key of 64 bits is shown as its two halves.
    func holder(of name: String) async throws(DatabaseError) -> String? {
        let key = PostgreSQLLockKey(name).rawValue
        return try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            let result = try await self.run(
                """
                SELECT concat_ws(', ',
                    'process ' || l.pid || coalesce(' of user ' || quote_literal(a.usename), ''),
                    'application ' || quote_literal(nullif(a.application_name, '')),
                    'from ' || coalesce(host(a.client_addr) || ':' || a.client_port, 'a socket'),
                    'connected since ' || date_trunc('second', a.backend_start),
                    a.state || ' since ' || date_trunc('second', a.state_change))
                FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                    AND (l.classid::bigint << 32) | l.objid::bigint = \(key)
                """
            )
            return try result.rows.first?.decode(String.self, at: 0)
        }
    }

    // https://www.postgresql.org/docs/current/runtime-config-client.html: the second one is there since PostgreSQL 14.
    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError) {
        let milliseconds = limit.map { "\(Int64(min(max($0, .seconds(1)) / .milliseconds(1), 2_147_483_647)))" }
        let isLocal = lifetime == .transaction
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            if !isLocal {
                try self.refuseBehindPooler("a setting of the session")
                self.hasChangedSession = true
            }
            _ = try await self.run(
                """
                SELECT pg_catalog.set_config(name, coalesce(\(milliseconds), reset_val), \(isLocal))
                FROM pg_catalog.pg_settings
                WHERE name IN ('idle_in_transaction_session_timeout', 'idle_session_timeout')
                """
            )
        }
    }
}

extension StatementResult {
    fileprivate func isTrue() throws(DatabaseError) -> Bool { try rows.first?.decode(Bool.self) ?? false }
}

/// The number that stands for a lock's name: FNV-1a with 64 bits over its UTF-8, as a signed integer.
///
/// The same in every process and version, so that they exclude each other. Two names can share a number; then their locks
/// exclude each other as well, which is slow and not wrong.
///
/// http://www.isthe.com/chongo/tech/comp/fnv/
struct PostgreSQLLockKey: Hashable {
    let rawValue: Int64

    init(_ name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        rawValue = Int64(bitPattern: hash)
    }
}
#endif
