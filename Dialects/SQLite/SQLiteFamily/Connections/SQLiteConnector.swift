public import DialectCore
internal import Locking
public import Logging

/// Opens connections to one file, or the one connection to a database in memory.
public final class SQLiteConnector: Connector {
    /// A step of a dialect's own before anything is read, such as setting a key.
    public typealias Preparation = @Sendable (borrowing SQLiteSession) throws(DatabaseError) -> Void

    let options: SQLiteOptions
    private let dialect: any Dialect
    private let logger: Logger
    private let preparation: Preparation?
    /// The line in which transactions that write wait for a connection.
    let writers = WriterQueue()
    /// Whether the one connection to a database in memory is open.
    private let isInUse = Locked(false)

    /// Prepares to open connections, and opens none.
    ///
    /// - Parameters:
    ///   - dialect: The dialect that writes the identifiers and placeholders of statements.
    ///   - options: What the URL asks for.
    ///   - logger: Where to log.
    ///   - preparation: Called on a thread that may block whenever a session was opened, also for a reset, before
    ///     anything is read. What it throws is thrown by `connect()`, and the session is closed.
    public init(dialect: any Dialect, options: SQLiteOptions, logger: Logger, preparation: Preparation? = nil) {
        self.dialect = dialect
        self.options = options
        self.logger = logger
        self.preparation = preparation
    }

    /// The threads of all sessions of this process.
    public var preferredExecutor: (any TaskExecutor)? { SQLiteTaskExecutor.shared }

    /// Opens the database and makes it ready for the first statement.
    ///
    /// - Throws: `DatabaseError` that names the path: code `connectionFailed`, `permissionDenied`, `storageCorrupt` for a
    ///   file that is no database of this library, `invalidConfiguration` for a second connection to a database in
    ///   memory, and `cancelled`.
    public func connect() async throws(DatabaseError) -> any Connection {
        try await open()
    }

    func open() async throws(DatabaseError) -> SQLiteConnection {
        guard !Task.isCancelled else { throw DatabaseError(.cancelled, "Opening a connection was cancelled.") }
        let isOnly = options.location == .memory
        if isOnly { try claim() }
        do throws(DatabaseError) {
            let connection = SQLiteConnection(
                dialect: dialect,
                options: options,
                preparation: preparation,
                executor: try SQLiteSerialExecutor(),
                logger: logger
            ) { [isInUse] in
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
