import DialectCore
import Locking
import Logging

extension ConnectionPool {
    /// Performs what the machine decided, outside of the lock.
    ///
    /// - Parameters:
    ///   - decision: What the machine decided.
    ///   - cause: Why an opening failed, where the event is that.
    ///   - isResetByCaller: Whether the caller resets a connection that is to be reset.
    func perform(_ decision: Decision, because cause: DatabaseError? = nil, isResetByCaller: Bool = false) {
        if let first = decision.first { perform(first, cause) }
        for ending in decision.others { perform(ending, cause) }
        decision.actions.forEach { perform($0, isResetByCaller: isResetByCaller) }
    }

    /// Performs an action that ends no checkout.
    func perform(_ action: PoolAction, isResetByCaller: Bool = false) {
        switch action {
        case .answer, .fail: break
        case .open(let id): tasks.start { await self.open(id) }
        case .close(let id, let reason): tasks.start { await self.close(id, reason) }
        case .ping(let id): tasks.start { await self.ping(id) }
        case .reset(let id): if !isResetByCaller { tasks.start { await self.reset(id) } }
        case .schedule, .cancelTimer: adjustTimer()
        case .drained: drained.open()
        }
    }

    private func perform(_ ending: Ending, _ cause: DatabaseError?) {
        switch ending {
        case .granted(let wait, let checkout): wait.end(.success(checkout))
        case .failed(let wait, .closed): wait.end(.failure(.poolIsClosed))
        case .failed(let wait, .timedOut):
            metrics?.timedOut()
            wait.end(.failure(timeout()))
        case .failed(let wait, .openFailed):
            wait.end(.failure(cause ?? DatabaseError(.connectionFailed, "No connection could be opened.")))
        }
    }

    private func timeout() -> DatabaseError {
        let (statistics, openError) = state.withLock { state in
            (state.machine.statistics, state.machine.backoff.failures > 0 ? state.lastOpenError : nil)
        }
        let limit = configuration.maximumSize + configuration.maximumOverflow
        let advice =
            openError == nil
            ? "Hold connections for a shorter time, or raise the pool's maximum size."
            : "No connection can be opened at the moment; the underlying error says why."
        return DatabaseError(
            .poolTimeout,
            """
            No connection became free within \(configuration.checkoutTimeout): \(statistics.inUse) of at most \(limit) \
            are in use and \(statistics.waiting) more checkouts wait. \(holders())\(advice)
            """,
            underlying: openError
        )
    }

    /// Tells a task that waits for itself.
    func deadlock() -> DatabaseError {
        DatabaseError(
            .poolDeadlock,
            """
            Every connection of the pool is held by a task that waits for another one of it, this task among them. \
            \(holders())Use the connection that the task has, or raise the pool's maximum size.
            """
        )
    }

    /// Who has the connections, those that have had one for the longest, in a sentence; empty when nobody has any.
    private func holders() -> String {
        let now = clock.now
        let all = state.withLock { $0.sessions }.compactMap { $0?.holder }.sorted { $0.since < $1.since }
        guard !all.isEmpty else { return "" }
        let longest = all.prefix(3).map { $0.description(at: now) }.joined(separator: "; ")
        return "They are held by \(longest)\(all.count > 3 ? "; and \(all.count - 3) more" : ""). "
    }

    private func open(_ id: ConnectionID) async {
        do throws(DatabaseError) {
            // A shutdown cancels the tasks that it finds; this one may have started after it.
            guard isOpen else { throw .poolIsClosed }
            let start = clock.now
            let session = PooledSession(try await connectWithinLimit(), tracing: tracing)
            let now = clock.now
            metrics?.created(in: now.nanoseconds - start.nanoseconds)
            let decision = state.withLock { state in
                while state.sessions.count <= Int(id.index) { state.sessions.append(nil) }
                state.sessions[Int(id.index)] = session
                return state.decide { $0.opened(id, now: now) }
            }
            logger.debug("Connection opened")
            perform(decision)
        } catch {
            logger.debug("Connection could not be opened", metadata: ["error": "\(error)"])
            let failure: OpenFailure = error.isRetryable ? .transient : .permanent
            let now = clock.now
            let decision = state.withLock { state in
                state.lastOpenError = error
                return state.decide { $0.openFailed(id, failure, now: now) }
            }
            perform(decision, because: error)
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
        let session = state.withLock { $0.sessions[Int(id.index)].take() }
        await session?.connection.close()
        metrics?.closed(reason)
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
        guard let session = state.withLock({ $0.sessions[Int(id.index)] }) else { return false }
        do {
            try await call(session.connection)
            return true
        } catch {
            logger.debug("Connection is not usable any more", metadata: ["error": "\(error)"])
            return false
        }
    }
}
