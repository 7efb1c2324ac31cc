#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

extension PostgreSQLConnection {
    /// Opens the session; once, before any other call.
    func open() async throws(DatabaseError) {
        let opening = PostgreSQLOpening(options: options, reactor: reactor, control: control, logger: logger)
        let number = control.begin()
        let outcome: Result<Void, DatabaseError> = await withTaskCancellationHandler {
            await self.open(opening)
        } onCancel: { [control] in
            control.cancel(number)
        }
        control.end(isClean: hasNothingToReset)
        try outcome.get()
    }

    private func open(_ opening: PostgreSQLOpening) async -> Result<Void, DatabaseError> {
        do throws(DatabaseError) {
            let link = try await opening.open()
            self.link = link
            control.attach(link.watch)
            // Unowned: the watch is the link's.
            link.watch.onNews = { [unowned link, control] in
                // While a call runs it will find out itself.
                if control.isRunning { return true }
                let isAlive = link.readNews()
                if !isAlive { control.noteLoss() }
                return isAlive
            }
            call = PostgreSQLCall(
                number: 0,
                kind: .shielded,
                deadline: options.connectTimeout.map { .now + $0 }
            )
            keepFirstSettings(link)
            isPooled = try await findPooler(link)
            return .success(())
        } catch {
            var error = error
            if error.code == .connectionLost || error.code == .connectionClosed { error.code = .connectionFailed }
            return .failure(error)
        }
    }

    /// Whether a pooler is between: it gives its clients numbers of its own, not those of the server's processes.
    private func findPooler(_ link: PostgreSQLLink) async throws(DatabaseError) -> Bool {
        switch options.pooler {
        case .true: return true
        case .false: return false
        case .auto: break
        }
        guard PQsendQuery(link.handle, "SELECT pg_backend_pid()") == 1 else { throw failedToSend(link) }
        var process: String?
        var failure: DatabaseError?
        while let result = try await nextResult() {
            if result.isError {
                try note(result, of: nil, as: &failure)
            } else if PQntuples(result.pointer) == 1 {
                process = PQgetvalue(result.pointer, 0, 0).map { String(cString: $0) }
            }
        }
        if let failure { throw failure }
        return process != String(PQbackendPID(link.handle))
    }
}
#endif
