internal import CSQLiteFamily
internal import DialectCore

extension SQLiteConnection {
    /// Takes the writer slot of the file, unless the connection has it.
    func takeSlot() async throws(DatabaseError) {
        guard !takeFreeSlot(), let writers, let path = options.path else { return }
        let ticket = writers.ticket()
        self.ticket = ticket
        defer { self.ticket = nil }
        let granted: WriterQueue.Slot
        do {
            granted = try await writers.take(ticket, timeout: options.writerTimeout, path: path)
        } catch {
            // `close()` withdraws the ticket.
            _ = try openDatabase()
            throw error
        }
        _ = try openDatabase()
        slot = granted
    }

    /// Suspends for a moment because another process holds a lock.
    ///
    /// With `isShielded` the task's cancellation does not end the wait.
    ///
    /// - Throws: `DatabaseError` with code `lockTimeout` when the time for all waits of the call is over, and with
    ///   `cancelled`.
    func pause(_ wait: inout BusyWait?, after code: Int32, isShielded: Bool = false) async throws(DatabaseError) {
        var next = wait ?? BusyWait(timeout: options.busyTimeout)
        guard let delay = next.nextDelay() else {
            throw DatabaseError(
                .lockTimeout,
                "Waited \(options.busyTimeout.inSeconds) for the lock on '\(options.path ?? ":memory:")', which another "
                    + "process holds; try again, or raise the URL option 'timeout'.",
                vendorCode: Int(code)
            )
        }
        wait = next
        if isShielded {
            // A task of its own, because this wait must not end when the caller is cancelled.
            await Task { try? await Task.sleep(for: delay) }.value
            return
        }
        do {
            // The holder may be another process, which has no way to tell when it is done.
            try await Task.sleep(for: delay)
        } catch {
            throw DatabaseError(.cancelled, "Waiting for a lock was cancelled.")
        }
    }

    /// Runs a statement of this dialect's own, without rows and without being interrupted.
    func command(_ sql: String, isShielded: Bool = false) async throws(DatabaseError) {
        var wait: BusyWait?
        while true {
            let code = try openDatabase().command(sql)
            guard code != SQLITE_DONE else { return }
            try await pause(&wait, after: code, isShielded: isShielded)
        }
    }
}
