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

/// libmariadb's handle of one session.
// Unchecked: one thread at a time uses it. First the thread that opens it, then the reactor's, which the connection's
// actor sees to.
final class MySQLSession: @unchecked Sendable {
    /// What the server says of itself and of the session.
    struct Facts: Sendable {
        var server = MySQLServer(.mySQL, .init(8, 0))
        /// The session's number, by which another one can end its statements.
        var id: UInt = 0
        /// What tells the server from others that listen under the same name.
        var identity = ""
        /// The largest packet in bytes that the server accepts.
        var packetLimit = 1 << 24
    }

    let handle: UnsafeMutablePointer<MYSQL>
    /// Where the session was opened.
    let endpoint: MySQLOptions.Endpoint
    var facts = Facts()
    /// Whether the session goes over TLS, known as soon as it is open.
    var hasTLS = false
    private var isClosed = false

    private static let isLibraryReady: Bool = mysql_server_init(0, nil, nil) == 0

    /// - Throws: `DatabaseError` with code `connectionFailed` when there is no memory for it.
    init(endpoint: MySQLOptions.Endpoint) throws(DatabaseError) {
        guard Self.isLibraryReady, let handle = mysql_init(nil) else {
            throw DatabaseError(.connectionFailed, "libmariadb has no memory for another session.")
        }
        self.handle = handle
        self.endpoint = endpoint
    }

    deinit { giveUp() }

    var socket: CInt { mysql_get_socket(handle) }

    /// Whether the server says that a transaction is open; as of its last answer without an error.
    var isInTransaction: Bool { handle.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0 }

    var hasMoreResults: Bool { handle.pointee.server_status & UInt32(SERVER_MORE_RESULTS_EXIST) != 0 }

    /// The error of the last call.
    var failure: MySQLFailure {
        MySQLFailure(
            code: Int(mysql_errno(handle)),
            sqlState: String(cString: mysql_sqlstate(handle)),
            message: String(cString: mysql_error(handle))
        )
    }

    /// Ends both directions, so that whatever waits for the socket goes on and fails.
    func shutSocket() {
        let socket = socket
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Says farewell, so that the server does not count the session as broken, and frees the handle.
    ///
    /// It waits for nothing: an idle session's socket has room for a farewell, or else nobody reads it any more.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        if hasTLS { OpenSSL.prepareThread() }
        let socket = socket
        var status = mysql_close_start(handle)
        while status != 0 {
            // Unless libmariadb has closed it, it is still the session's.
            shutdown(socket, Int32(SHUT_RDWR))
            status = mysql_close_cont(handle, status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE))
        }
    }

    /// Frees the handle of a session that is of no use, without a word to the server, which sees the end of the socket.
    func giveUp() {
        guard !isClosed else { return }
        isClosed = true
        if hasTLS { OpenSSL.prepareThread() }
        shutSocket()
        mysql_close(handle)
    }
}
#endif
