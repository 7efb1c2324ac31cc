public import DialectCore
internal import Locking
public import Logging

/// A database that is in use: its dialect, and a pool of connections to it.
///
///     try await Engine.withEngine(url: "sqlite:///app.db") { engine in
///         try await engine.withTransaction { connection in
///             try await connection.execute("UPDATE jobs SET state = \("done") WHERE id = \(id)")
///         }
///     }
///
/// An engine lives as long as the program uses the database: make one for each database, not one for each request. It
/// opens connections when they are needed, from the first call on. `dispose()` ends it; so does the end of `withEngine`,
/// and, in a service group, the end of `run()`.
public final class Engine: Sendable {
    /// The dialect that the URL's scheme selected.
    public let dialect: any Dialect
    /// The database's URL.
    ///
    /// Its description does not show the password.
    public let url: DatabaseURL

    let pool: ConnectionPool
    /// Runs single reads without a checkout, where the dialect can.
    let sharing: (any StatementSharing)?
    /// The line in which writers wait before they take a connection, where the database has one writer at a time.
    let writerQueue: (any WriterQueueing)?
    let logger: Logger
    /// Whether `run()` was called; it may be once.
    let isRunning = Locked(false)

    /// Prepares to use a database; no connection is opened unless the pool has a minimum size.
    ///
    /// - Parameters:
    ///   - url: The database's URL.
    ///   - registry: The dialects to choose from, usually `DialectRegistry.linked()`.
    ///   - configuration: What to do differently from the dialect's defaults.
    ///   - logger: Where to log; nothing above debug is logged that the result of a call can tell.
    /// - Throws: `DatabaseError` with code `unknownScheme`, `invalidURL` or `invalidConfiguration`.
    public convenience init(
        url: DatabaseURL,
        registry: DialectRegistry,
        configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "dialect.engine")
    ) throws(DatabaseError) {
        try self.init(
            url: url,
            registry: registry,
            configuration: configuration,
            logger: logger,
            clock: ContinuousPoolClock(),
            metrics: PoolMetrics(pool: "\(url.scheme)/\(url.database ?? "")"),
            tracing: nil
        )
    }

    /// Prepares to use a database whose dialect is linked into the program.
    ///
    /// - Throws: `DatabaseError` with code `unknownScheme`, `duplicateScheme`, `invalidURL` or `invalidConfiguration`.
    public convenience init(
        url: String,
        configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "dialect.engine")
    ) throws(DatabaseError) {
        try self.init(
            url: DatabaseURL(url),
            registry: .linked(),
            configuration: configuration,
            logger: logger
        )
    }

    init(
        url: DatabaseURL,
        registry: DialectRegistry,
        configuration: EngineConfiguration,
        logger: Logger,
        clock: any PoolClock,
        metrics: PoolMetrics? = nil,
        tracing: EngineTracing? = nil
    ) throws(DatabaseError) {
        let dialect = try registry.dialect(for: url.scheme)
        let limits = try (configuration.pool ?? dialect.poolDefaults(for: url)).validated()
        self.url = url
        self.dialect = dialect
        self.logger = logger
        let connector = try dialect.connector(for: url, logger: logger)
        sharing = connector as? any StatementSharing
        writerQueue = connector as? any WriterQueueing
        pool = ConnectionPool(
            connector: connector,
            configuration: limits,
            clock: clock,
            logger: logger,
            metrics: metrics,
            tracing: tracing ?? EngineTracing(dialect: type(of: dialect).name)
        )
        pool.start()
    }

    /// Replaces the connections that are open now: the idle ones at once, those in use when they come back.
    ///
    /// For what a program knows and a pool cannot: that the database moved, or that its schema changed.
    public func invalidateConnections() { pool.invalidateAll() }

    /// The executor on which the connections' work is done; nil where connections have none, or each its own.
    ///
    /// Tasks that prefer it, such as `group.addTask(executorPreference: engine.preferredExecutor) { … }`, change no threads
    /// for a statement. They must not block: the threads serve all engines of the program.
    public var preferredExecutor: (any TaskExecutor)? { pool.connector.preferredExecutor }

    /// How many connections are in which state at this moment.
    public var poolStatistics: PoolStatistics { pool.statistics }
}
