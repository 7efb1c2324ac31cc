#if PostgreSQL
internal import CLibPQ
internal import DialectCore

// https://www.postgresql.org/docs/current/sql-notify.html
extension PostgreSQLConnection: NotificationListening {
    func listen(on channel: String) async throws(DatabaseError) {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            try self.refuseBehindPooler("listening")
            self.hasChangedSession = true
            try await self.command("LISTEN \(PostgreSQLDialect().quote(channel))")
        }
    }

    func stopListening(on channel: String) async throws(DatabaseError) {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            try await self.command("UNLISTEN \(PostgreSQLDialect().quote(channel))")
        }
    }

    /// Waits without a time limit, and for the socket only: there is nothing to cancel on the server.
    func nextNotification() async throws(DatabaseError) -> DatabaseNotification {
        try await perform(.cancellable, hasTimeLimit: false) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            let link = try self.living()
            while true {
                self.takeNotifications(link)
                if !self.notifications.isEmpty { return self.notifications.removeFirst() }
                try await self.waitForNews(link)
            }
        }
    }

    private func takeNotifications(_ link: PostgreSQLLink) {
        PQisBusy(link.handle)
        while let notification = PQnotifies(link.handle) {
            defer { PQfreemem(notification) }
            guard let channel = notification.pointee.relname, let payload = notification.pointee.extra else { continue }
            notifications.append(
                DatabaseNotification(channel: String(cString: channel), payload: String(cString: payload))
            )
        }
    }

    func notify(_ channel: String, payload: String) async throws(DatabaseError) {
        guard payload.utf8.count < 8000 else {
            throw DatabaseError(
                .valueOutOfRange,
                "The payload has \(payload.utf8.count) bytes; PostgreSQL takes at most 7999. Send the key of a row instead."
            )
        }
        try await execute("SELECT pg_notify(\(channel), \(payload))")
    }

    /// Refuses what needs a session of one's own on the server.
    func refuseBehindPooler(_ what: String) throws(DatabaseError) {
        guard isPooled else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "A transaction pooler such as PgBouncer is between, and \(what) needs a session of its own; connect to the "
                + "server itself, or say pgbouncer=false in the URL if the pooler keeps sessions together."
        )
    }
}
#endif
