#if SQLite
internal import DialectCore
internal import Logging

/// Opens connections to one file, or the one connection to a database in memory.
final class SQLiteConnector: Connector {
    let options: SQLiteOptions
    private let logger: Logger
    /// Whether the one connection to a database in memory is open.
    private let isInUse = Monitor(false)

    init(options: SQLiteOptions, logger: Logger) {
        self.options = options
        self.logger = logger
    }

    func connect() async throws(DatabaseError) -> any Connection {
        try await open()
    }

    func open() async throws(DatabaseError) -> SQLiteConnection {
        guard !Task.isCancelled else { throw DatabaseError(.cancelled, "Opening a connection was cancelled.") }
        let isOnly = options.location == .memory
        if isOnly { try claim() }
        do throws(DatabaseError) {
            let thread = try SQLiteThread(name: options.threadName)
            let connection = SQLiteConnection(options: options, thread: thread, logger: logger) { [isInUse] in
                if isOnly { isInUse.withLock { $0 = false } }
            }
            do {
                try await connection.open()
            } catch {
                await connection.close()
                throw asErrorOfOpening(error)
            }
            return connection
        } catch {
            if isOnly { isInUse.withLock { $0 = false } }
            throw error
        }
    }

    /// While a connection is being opened, a lock that is not granted and a file that is not writable both mean that it
    /// cannot be opened.
    private func asErrorOfOpening(_ error: DatabaseError) -> DatabaseError {
        var error = error
        switch error.code {
        case .lockTimeout: error.code = .connectionFailed
        case .readOnlyViolation: error.code = .permissionDenied
        default: break
        }
        return error
    }

    /// A second connection would be to another, empty database.
    private func claim() throws(DatabaseError) {
        let isFree = isInUse.withLock { isInUse in
            defer { isInUse = true }
            return !isInUse
        }
        guard !isFree else { return }
        throw DatabaseError(
            .invalidConfiguration,
            "A database in memory has one connection, and it is open already; set the pool's maximumSize to 1 and its "
                + "maximumOverflow to 0, or use a file."
        )
    }
}

extension SQLiteOptions {
    /// What tools such as `top` show for the connection's thread.
    fileprivate var threadName: String {
        "sqlite " + (path.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "memory")
    }
}
#endif
