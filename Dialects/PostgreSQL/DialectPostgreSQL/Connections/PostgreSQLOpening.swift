#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor
internal import Logging

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Opens a connection of libpq's without blocking: one host and address after the other.
///
/// libpq could try several by itself, but would look their names up on the reactor's thread, and would not give up one
/// that does not answer.
struct PostgreSQLOpening: Sendable {
    let options: PostgreSQLOptions
    let reactor: Reactor
    let control: PostgreSQLCallControl
    let logger: Logger

    /// Opens a session with the first host that will do; on the reactor's thread.
    ///
    /// - Throws: `DatabaseError`, see `Connector.connect()`.
    func open() async throws(DatabaseError) -> PostgreSQLLink {
        var failures: [DatabaseError] = []
        let hosts = options.shufflesHosts ? options.hosts.shuffled() : options.hosts
        let targets: [PostgreSQLOptions.Target] =
            options.target == .preferStandby ? [.standby, .any] : [options.target]
        for target in targets {
            for host in hosts.isEmpty ? [nil] : hosts.map(Optional.some) {
                do throws(DatabaseError) {
                    return try await open(host, as: target)
                } catch {
                    // What one host refuses a user for, the next one would too; so libpq stops as well.
                    guard error.code == .connectionFailed else { throw error }
                    failures.append(error)
                }
            }
        }
        throw Self.summary(of: failures)
    }

    private func open(
        _ host: DatabaseURL.Host?,
        as target: PostgreSQLOptions.Target
    ) async throws(DatabaseError) -> PostgreSQLLink {
        var parameters = options.parameters
        parameters["client_encoding"] = "UTF8"
        if target != .any { parameters["target_session_attrs"] = target.rawValue }
        parameters["host"] = host?.name
        parameters["port"] = host?.port.map(String.init)
        for (name, secret) in options.secrets { parameters[name] = secret.reveal() }
        let deadline = options.connectTimeout.map { ContinuousClock.now + $0 }
        guard let name = host?.name, !name.hasPrefix("/"), !name.hasPrefix("@") else {
            return try await attempt(parameters, until: deadline)
        }
        var failures: [DatabaseError] = []
        for address in try await HostResolver.addresses(of: name, until: deadline, on: reactor) {
            parameters["hostaddr"] = address
            let deadline = options.connectTimeout.map { ContinuousClock.now + $0 }
            do throws(DatabaseError) {
                return try await attempt(parameters, until: deadline)
            } catch {
                guard error.code == .connectionFailed else { throw error }
                failures.append(error)
            }
        }
        throw Self.summary(of: failures)
    }

    private func attempt(
        _ parameters: [String: String],
        until deadline: ContinuousClock.Instant?
    ) async throws(DatabaseError) -> PostgreSQLLink {
        try refuseWhenInterrupted()
        guard let handle = start(parameters) else {
            throw DatabaseError(.connectionFailed, "libpq has no memory for another connection.")
        }
        let server = PostgreSQLServerAddress(
            host: parameters["host"] ?? PQhost(handle).map { String(cString: $0) } ?? "",
            port: PQport(handle).flatMap { Int(String(cString: $0)) } ?? 5432
        )
        // The SQLSTATE of a refusal is in the message only, and only in the verbose one.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        let notices = PostgreSQLNotices(logger: logger)
        notices.attach(to: handle)
        do throws(DatabaseError) {
            try await finish(handle, server, until: deadline)
        } catch {
            PQfinish(handle)
            throw error
        }
        return PostgreSQLLink(handle, to: server, notices: notices, on: reactor)
    }

    private func start(_ parameters: [String: String]) -> OpaquePointer? {
        // libpq copies them all.
        var keywords: [UnsafePointer<CChar>?] = []
        var values: [UnsafePointer<CChar>?] = []
        for (keyword, value) in parameters {
            keywords.append(UnsafePointer(strdup(keyword)))
            values.append(UnsafePointer(strdup(value)))
        }
        defer { for text in keywords + values { free(UnsafeMutablePointer(mutating: text)) } }
        return PQconnectStartParams(keywords + [nil], values + [nil], 0)
    }

    /// Follows libpq's lead until the session is open.
    private func finish(
        _ handle: OpaquePointer,
        _ server: PostgreSQLServerAddress,
        until deadline: ContinuousClock.Instant?
    ) async throws(DatabaseError) {
        var step = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            guard step != PGRES_POLLING_FAILED else { throw refusal(of: handle, server) }
            let wanted: Readiness = step == PGRES_POLLING_READING ? .readable : .writable
            try await wait(for: wanted, of: PQsocket(handle), server, until: deadline)
            step = PQconnectPoll(handle)
        }
    }

    /// libpq may close one socket and open another, perhaps with the same number: each step has its own watch.
    private func wait(
        for wanted: Readiness,
        of socket: Int32,
        _ server: PostgreSQLServerAddress,
        until deadline: ContinuousClock.Instant?
    ) async throws(DatabaseError) {
        let watch = SocketWatch(socket, on: reactor)
        control.attach(watch)
        defer {
            control.attach(nil)
            watch.close()
        }
        while true {
            try refuseWhenInterrupted()
            switch try await watch.wait(for: wanted, until: deadline) {
            case .ready: return
            case .interrupted: continue
            case .timedOut:
                throw DatabaseError(
                    .connectionFailed,
                    "The server at \(server) did not answer within the connect timeout; is it reachable?"
                )
            }
        }
    }

    private func refuseWhenInterrupted() throws(DatabaseError) {
        let signals = control.signals
        guard signals.isCancelled || signals.isClosing || Task.isCancelled else { return }
        throw DatabaseError(.cancelled, "Opening a connection was cancelled.")
    }

    private static func summary(of failures: [DatabaseError]) -> DatabaseError {
        guard failures.count > 1, let last = failures.last else {
            return failures.first ?? DatabaseError(.connectionFailed, "The URL names no host.")
        }
        var error = last
        error.message =
            "None of the servers can be used. " + failures.map(\.message).joined(separator: " ")
        return error
    }
}
#endif
