#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor
internal import Logging

// How a call waits for the server, is ended before its time, and finds that the session is gone.
extension PostgreSQLConnection {
    /// Runs a call: in its turn, with its time limit, and ended on the server when its task is cancelled.
    ///
    /// It returns only when a request to end its statement can hit no later one.
    func perform<Value>(
        _ kind: PostgreSQLCall.Kind,
        hasTimeLimit: Bool = true,
        _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        await enter()
        defer { leave() }
        try requireLivingSession()
        if kind == .cancellable, Task.isCancelled {
            throw .cancelledBeforeCall
        }
        let limit = hasTimeLimit ? options.commandTimeout : nil
        call = PostgreSQLCall(number: control.begin(), kind: kind, deadline: limit.map { .now + $0 })
        return try await complete(call.number, kind, body)
    }

    /// Runs the body of a call that has begun, and ends the call.
    func complete<Value>(
        _ number: UInt64,
        _ kind: PostgreSQLCall.Kind,
        _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        let outcome: Result<Value, DatabaseError>
        if kind == .cancellable {
            // The `self` is what keeps the closure on the connection's thread.
            outcome = await withTaskCancellationHandler {
                await self.outcome(of: body)
            } onCancel: { [control] in
                control.cancel(number)
            }
        } else {
            outcome = await self.outcome(of: body)
        }
        if call.interruption != nil { await settleInterruption() }
        control.end(isClean: hasNothingToReset)
        return try outcome.get()
    }

    private func outcome<Value>(
        of body: () async throws(DatabaseError) -> Value
    ) async -> Result<Value, DatabaseError> {
        do throws(DatabaseError) {
            return .success(try await body())
        } catch {
            if error.sqlState == "57014", let interruption = call.interruption {
                return .failure(call.error(for: interruption.reason))
            }
            return .failure(error)
        }
    }

    /// Refuses a call on a session that is closed or known to be gone.
    private func requireLivingSession() throws(DatabaseError) {
        if control.signals.isClosing { throw .closedConnection }
        if let brokenBecause { throw brokenBecause }
        guard let link else { throw .closedConnection }
        guard link.isAlive else {
            throw breakSession(
                DatabaseError(.connectionLost, "The server at \(link.server) ended the session; connect again.")
            )
        }
    }

    /// The session, while a call runs.
    func living() throws(DatabaseError) -> PostgreSQLLink {
        guard let link, link.isOpen else { throw brokenBecause ?? .closedConnection }
        return link
    }

    /// Closes the session after a failure, which it returns; later calls fail with code `connectionLost`.
    @discardableResult
    func breakSession(_ error: DatabaseError) -> DatabaseError {
        control.attach(nil)
        control.noteLoss()
        link?.close()
        if brokenBecause == nil {
            var lasting = error
            lasting.code = .connectionLost
            if error.code != .connectionLost {
                lasting.message = "The connection was given up after an earlier call; connect again."
            }
            brokenBecause = lasting
        }
        guard error.code == .connectionLost, call.mayHaveCommitted, error.sqlState == nil else { return error }
        var unknown = error
        unknown.code = .commitOutcomeUnknown
        unknown.message =
            "The connection broke before the server's answer, so the work may or may not be there; look before running it "
            + "again."
        return unknown
    }

    /// The failure of a connection on which libpq reports one without the server's words.
    func lost(_ link: PostgreSQLLink) -> DatabaseError {
        breakSession(
            DatabaseError(
                .connectionLost,
                "The connection to the server at \(link.server) broke; connect again.",
                serverMessage: link.errorMessage
            )
        )
    }

    /// Waits for the next result; nil where libpq separates the results of two statements, and after the last.
    func nextResult() async throws(DatabaseError) -> PostgreSQLResult? {
        let link = try living()
        while PQisBusy(link.handle) != 0 { try await waitForServer(link) }
        guard let pointer = PQgetResult(link.handle) else {
            guard PQstatus(link.handle) == CONNECTION_OK else { throw lost(link) }
            return nil
        }
        return PostgreSQLResult(pointer)
    }

    /// Sends what is left to send, and waits until the server sent something.
    func waitForServer(_ link: PostgreSQLLink) async throws(DatabaseError) {
        let unsent = PQflush(link.handle)
        guard unsent >= 0 else { throw lost(link) }
        try await waitForSocket(link, for: unsent > 0 ? [.readable, .writable] : .readable)
    }

    /// Waits for the socket and takes in what came.
    func waitForSocket(_ link: PostgreSQLLink, for wanted: Readiness) async throws(DatabaseError) {
        // libpq has closed the socket by itself then.
        guard PQstatus(link.handle) == CONNECTION_OK else { throw lost(link) }
        let wakeup: Wakeup
        do throws(DatabaseError) {
            wakeup = try await link.watch.wait(for: wanted, until: call.nextDeadline)
        } catch {
            throw breakSession(error)
        }
        guard link.isOpen else { throw brokenBecause ?? .closedConnection }
        switch wakeup {
        case .ready(let readiness): try takeIn(readiness, link)
        case .timedOut:
            if let interruption = call.interruption { throw breakSession(call.error(for: interruption.reason)) }
            guard call.kind == .cancellable else {
                throw breakSession(
                    DatabaseError(
                        .connectionLost,
                        "The server at \(link.server) did not answer within the URL's command_timeout; connect again."
                    )
                )
            }
            interrupt(link, because: .timedOut)
        case .interrupted:
            let signals = control.signals
            if signals.isClosing { throw breakSession(.closedConnection) }
            if signals.cancelRequestEnded { call.interruption?.hasRequestEnded = true }
            if signals.isCancelled, call.kind == .cancellable, call.interruption == nil {
                interrupt(link, because: .cancelled)
            }
        }
    }

    /// Takes in what came.
    func takeIn(_ readiness: Readiness, _ link: PostgreSQLLink) throws(DatabaseError) {
        guard readiness.contains(.readable), PQconsumeInput(link.handle) == 0 else { return }
        guard PQstatus(link.handle) != CONNECTION_OK else { throw lost(link) }
        link.watch.close()
        // The server's last words may have come before the end of the stream.
        if PQisBusy(link.handle) != 0 { throw lost(link) }
    }

    /// Waits for what comes unasked; the end of the task ends the wait, and nothing on the server.
    func waitForNews(_ link: PostgreSQLLink) async throws(DatabaseError) {
        switch try await link.watch.wait(for: .readable) {
        case .ready, .timedOut:
            if PQconsumeInput(link.handle) == 0 { throw lost(link) }
        case .interrupted:
            let signals = control.signals
            if signals.isClosing { throw breakSession(.closedConnection) }
            if signals.isCancelled { throw DatabaseError(.cancelled, "Waiting for a notification was cancelled.") }
        }
        guard link.isAlive else { throw lost(link) }
    }

    /// Asks the server to end the statement; the call goes on waiting for its answer, but not for long.
    private func interrupt(_ link: PostgreSQLLink, because reason: PostgreSQLCall.Reason) {
        call.interruption = PostgreSQLCall.Interruption(reason: reason, giveUpAt: .now + PostgreSQLCall.patience)
        let number = call.number
        let isOnItsWay = link.requestCancel { [control] in control.cancelRequestEnded(number) }
        if !isOnItsWay { call.interruption?.hasRequestEnded = true }
    }

    /// Makes sure that the request to end the statement cannot hit a later one.
    ///
    /// The server has signalled the session when the request ends, and a session looks at its signals before it answers
    /// the next message: so one empty round trip takes the last of them.
    private func settleInterruption() async {
        guard let link, link.isOpen else { return }
        do throws(DatabaseError) {
            while call.interruption?.hasRequestEnded == false {
                if control.signals.cancelRequestEnded { break }
                try await waitForSocket(link, for: .readable)
            }
            guard PQsendQuery(link.handle, "") == 1 else { throw lost(link) }
            while let result = try await nextResult() { _ = consume result }
        } catch {
            // The outcome of the call stands; the session is closed already.
            logger.debug("A session was given up after a cancelled call", metadata: ["error": "\(error)"])
            breakSession(error)
        }
    }
}

extension DatabaseError {
    static let cancelledBeforeCall = DatabaseError(.cancelled, "The task was cancelled before the call began.")

    static let closedConnection = DatabaseError(
        .connectionClosed,
        "The connection is closed; check out another one."
    )
}
#endif
