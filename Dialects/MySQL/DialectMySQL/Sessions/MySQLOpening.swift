#if MySQL
internal import CLibMariaDB
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Opens a session at the first endpoint that has one, on a thread that may block.
struct MySQLOpening {
    let options: MySQLOptions
    /// Asked before each wait, with the socket; false ends the attempt.
    let willWait: (CInt) -> Bool

    /// What each session is set to.
    ///
    /// Strict, so that a value that a column cannot hold is refused instead of changed; UTC, so that TIMESTAMP columns give
    /// the same fields as DATETIME columns; text in utf8mb4, which holds all of Unicode.
    static let setUp = """
        SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,\
        ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', SESSION time_zone = '+00:00', SESSION autocommit = 1
        """

    /// Tries the endpoints in their order.
    ///
    /// The next one gets a try only when a server could not be reached or has no room: whom one refuses, the others do too.
    func open(until deadline: ContinuousClock.Instant) -> Result<MySQLSession, DatabaseError> {
        var failure = DatabaseError(.connectionFailed, "No server was tried.")
        for (index, endpoint) in options.endpoints.enumerated() {
            guard willWait(-1) else { break }
            let left = ContinuousClock.now.duration(to: deadline) / (options.endpoints.count - index)
            do throws(DatabaseError) {
                return .success(try open(endpoint, until: .now + left))
            } catch {
                failure = error
                guard error.code == .connectionFailed else { break }
            }
        }
        return .failure(failure)
    }

    /// Opens a session and sets it up.
    func open(
        _ endpoint: MySQLOptions.Endpoint,
        until deadline: ContinuousClock.Instant
    ) throws(DatabaseError) -> MySQLSession {
        let session = try connect(endpoint, until: deadline)
        try requireTLS(session)
        try session.run(Self.setUp)
        for command in options.initCommands { try session.run(command) }
        try learnFacts(session)
        // The calls above left the socket blocking. Without TLS nothing depends on it, but OpenSSL would block on it.
        let socket = session.socket
        guard fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK) == 0 else { throw .noAnswer(from: endpoint) }
        return session
    }

    /// Opens a session without setting it up.
    func connect(
        _ endpoint: MySQLOptions.Endpoint,
        until deadline: ContinuousClock.Instant
    ) throws(DatabaseError) -> MySQLSession {
        OpenSSL.prepareThread()
        let session = try MySQLSession(endpoint: endpoint)
        try session.apply(options)
        // libmariadb reads the texts until the last of its calls has returned.
        let texts = COwnedTexts()
        defer { texts.wipe() }
        let (host, port, path): (String?, Int, String?) =
            switch endpoint {
            case .tcp(let host, let port): (host, port, nil)
            case .socket(let path): ("localhost", 0, path)
            }
        var connected: UnsafeMutablePointer<MYSQL>?
        // Non-blocking calls, although the thread may block: so the socket is known, and with it a wait can be ended.
        var status = mysql_real_connect_start(
            &connected,
            session.handle,
            texts.add(host),
            texts.add(options.user),
            texts.add(options.password?.reveal()),
            texts.add(options.database),
            UInt32(port),
            texts.add(path),
            UInt(CLIENT_FOUND_ROWS) | UInt(CLIENT_MULTI_RESULTS)
        )
        var isGivenUp = false
        while status != 0 {
            let socket = session.socket
            isGivenUp = isGivenUp || !willWait(socket) || ContinuousClock.now >= deadline
            if isGivenUp {
                shutdown(socket, Int32(SHUT_RDWR))
            } else {
                status = poll(socket, for: status, until: deadline)
                // The deadline is over; the next round ends the attempt.
                guard status != 0 else {
                    status = MYSQL_WAIT_READ | MYSQL_WAIT_WRITE
                    continue
                }
            }
            status = mysql_real_connect_cont(&connected, session.handle, status)
        }
        guard connected != nil else {
            throw isGivenUp ? .noAnswer(from: endpoint) : session.failure.openingError(endpoint)
        }
        session.hasTLS = mysql_get_ssl_cipher(session.handle) != nil
        // What follows blocks on this socket until somebody gives the errand up.
        guard willWait(session.socket) else { throw .noAnswer(from: endpoint) }
        return session
    }

    /// Waits for the socket; returns what libmariadb may be told, or 0 when the time is over.
    private func poll(_ socket: CInt, for status: CInt, until deadline: ContinuousClock.Instant) -> CInt {
        var entry = pollfd(fd: socket, events: 0, revents: 0)
        if status & MYSQL_WAIT_READ != 0 { entry.events |= Int16(POLLIN) }
        if status & MYSQL_WAIT_WRITE != 0 { entry.events |= Int16(POLLOUT) }
        let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
        let count = Glibc.poll(&entry, 1, CInt(max(0, min(left.rounded(.up), 1e9))))
        guard count > 0 else { return 0 }
        return status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE)
    }

    private func requireTLS(_ session: MySQLSession) throws(DatabaseError) {
        guard options.tls.mode >= .required, !session.hasTLS else { return }
        if case .socket = session.endpoint { return }
        throw DatabaseError(
            .connectionFailed,
            "The server at \(session.endpoint) has no TLS, which the URL requires; switch it on there, or change the "
                + "URL option 'ssl_mode'."
        )
    }

    private func learnFacts(_ session: MySQLSession) throws(DatabaseError) {
        let row = try session.firstRow(
            "SELECT VERSION(), CONNECTION_ID(), @@max_allowed_packet, CONCAT(@@hostname, ':', @@port)"
        )
        guard row.count == 4, let version = row[0], let server = MySQLServer(versionText: version) else {
            throw DatabaseError(
                .connectionFailed,
                "The server at \(session.endpoint) does not say which version it is; it may not be MySQL or MariaDB."
            )
        }
        session.facts = MySQLSession.Facts(
            server: server,
            id: row[1].flatMap { UInt($0) } ?? UInt(mysql_thread_id(session.handle)),
            identity: row[3] ?? "",
            packetLimit: row[2].flatMap { Int($0) } ?? 1 << 24
        )
    }
}

extension DatabaseError {
    fileprivate static func noAnswer(from endpoint: MySQLOptions.Endpoint) -> DatabaseError {
        DatabaseError(
            .connectionFailed,
            "The server at \(endpoint) did not answer in time; check that it can be reached."
        )
    }
}

/// C texts that stay where they are until they are wiped.
private final class COwnedTexts {
    private var texts: [UnsafeMutablePointer<CChar>] = []

    func add(_ text: String?) -> UnsafePointer<CChar>? {
        guard let text, let copy = strdup(text) else { return nil }
        texts.append(copy)
        return UnsafePointer(copy)
    }

    /// Overwrites and frees the texts, one of which is a password.
    func wipe() {
        for text in texts {
            memset(text, 0, strlen(text))
            free(text)
        }
        texts = []
    }
}
#endif
