import DialectCore
import Locking
import Logging

extension ConnectionPool {
    /// Performs one action, outside of the lock.
    func perform(_ action: PoolAction) {
        switch action {
        case .answer(let waiter, let id): answer(waiter, with: id)
        case .fail(let waiter, let failure): fail(waiter, failure)
        case .open(let id): tasks.start { await self.open(id) }
        case .close(let id, let reason): tasks.start { await self.close(id, reason) }
        case .ping(let id): tasks.start { await self.ping(id) }
        case .reset(let id): tasks.start { await self.reset(id) }
        case .schedule, .cancelTimer: adjustTimer()
        case .drained: drained.open()
        }
    }

    private func answer(_ waiter: WaiterID, with id: ConnectionID) {
        let (continuation, checkout) = state.withLock { state in
            (state.waiters.removeValue(forKey: waiter), state.checkout(id))
        }
        continuation?.resume(returning: .success(checkout))
    }

    private func fail(_ waiter: WaiterID, _ failure: PoolFailure, because cause: DatabaseError? = nil) {
        let (continuation, openError) = state.withLock { state in
            (state.waiters.removeValue(forKey: waiter), state.machine.backoff.failures > 0 ? state.lastOpenError : nil)
        }
        let error =
            switch failure {
            case .closed: DatabaseError.poolIsClosed
            case .timedOut: timeout(statistics, openError)
            case .openFailed: cause ?? DatabaseError(.connectionFailed, "No connection could be opened.")
            }
        continuation?.resume(returning: .failure(error))
    }

    private func timeout(_ statistics: PoolStatistics, _ openError: DatabaseError?) -> DatabaseError {
        let limit = configuration.maximumSize + configuration.maximumOverflow
        let advice =
            openError == nil
            ? "Hold connections for a shorter time, or raise the pool's maximum size."
            : "No connection can be opened at the moment; the underlying error says why."
        return DatabaseError(
            .poolTimeout,
            """
            No connection became free within \(configuration.checkoutTimeout): \(statistics.inUse) of at most \(limit) \
            are in use and \(statistics.waiting) more checkouts wait. \(advice)
            """,
            underlying: openError
        )
    }

    private func open(_ id: ConnectionID) async {
        do throws(DatabaseError) {
            // A shutdown cancels the tasks that it finds; this one may have started after it.
            guard isOpen else { throw .poolIsClosed }
            let connection = try await connectWithinLimit()
            let now = clock.now
            let actions = state.withLock { state in
                while state.connections.count <= Int(id.index) { state.connections.append(nil) }
                state.connections[Int(id.index)] = connection
                return state.machine.opened(id, now: now)
            }
            logger.debug("Connection opened")
            for action in actions { perform(action) }
        } catch {
            logger.debug("Connection could not be opened", metadata: ["error": "\(error)"])
            let failure: OpenFailure = error.isRetryable ? .transient : .permanent
            let now = clock.now
            let actions = state.withLock { state in
                state.lastOpenError = error
                return state.machine.openFailed(id, failure, now: now)
            }
            for action in actions {
                if case .fail(let waiter, .openFailed) = action {
                    fail(waiter, .openFailed, because: error)
                } else {
                    perform(action)
                }
            }
        }
    }

    /// Opens a session, or gives up after the connect timeout.
    private func connectWithinLimit() async throws(DatabaseError) -> any Connection {
        let outcome = await withTaskGroup(of: Result<any Connection, DatabaseError>?.self) { group in
            group.addTask {
                do throws(DatabaseError) { return .success(try await self.connector.connect()) } catch {
                    return .failure(error)
                }
            }
            let deadline = clock.now.advanced(by: configuration.connectTimeout.saturatingNanoseconds)
            group.addTask {
                await self.clock.sleep(until: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            // The timeout was first. The session may still open while it is being cancelled: then it must be closed.
            if case .success(let late) = await group.next() ?? nil { await late.close() }
            return .failure(
                DatabaseError(
                    .connectionFailed,
                    "No connection could be opened within \(self.configuration.connectTimeout); is the server reachable?"
                )
            )
        }
        return try outcome.get()
    }

    private func close(_ id: ConnectionID, _ reason: CloseReason) async {
        let connection = state.withLock { $0.connections[Int(id.index)].take() }
        await connection?.close()
        logger.debug("Connection closed", metadata: ["reason": "\(reason)"])
        report { machine, now in machine.closed(id, now: now) }
    }

    private func ping(_ id: ConnectionID) async {
        let succeeded = await succeeds(id) { connection throws(DatabaseError) in try await connection.ping() }
        report { machine, now in machine.pinged(id, succeeded: succeeded, now: now) }
    }

    func reset(_ id: ConnectionID) async {
        let succeeded = await succeeds(id) { connection throws(DatabaseError) in try await connection.reset() }
        report { machine, now in machine.resetFinished(id, succeeded: succeeded, now: now) }
    }

    private func succeeds(
        _ id: ConnectionID,
        _ call: (any Connection) async throws(DatabaseError) -> Void
    ) async -> Bool {
        guard let connection = state.withLock({ $0.connections[Int(id.index)] }) else { return false }
        do {
            try await call(connection)
            return true
        } catch {
            logger.debug("Connection is not usable any more", metadata: ["error": "\(error)"])
            return false
        }
    }
}
