public import DialectCore
internal import Locking
public import Logging
public import ServiceLifecycle

extension Engine {
    /// Makes an engine, gives it to `body`, and disposes of it whatever happens.
    ///
    /// - Throws: What `init` throws, and whatever `body` throws.
    @discardableResult
    public static func withEngine<Result>(
        url: DatabaseURL,
        registry: DialectRegistry,
        configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "dialect.engine"),
        _ body: (Engine) async throws -> Result
    ) async throws -> Result {
        let engine = try Engine(url: url, registry: registry, configuration: configuration, logger: logger)
        do {
            let result = try await body(engine)
            await engine.dispose()
            return result
        } catch {
            await engine.dispose()
            throw error
        }
    }

    /// Makes an engine for a linked dialect, gives it to `body`, and disposes of it whatever happens.
    ///
    /// - Throws: What `init` throws, and whatever `body` throws.
    @discardableResult
    public static func withEngine<Result>(
        url: String,
        configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "dialect.engine"),
        _ body: (Engine) async throws -> Result
    ) async throws -> Result {
        try await withEngine(
            url: DatabaseURL(url),
            registry: .linked(),
            configuration: configuration,
            logger: logger,
            body
        )
    }

    /// Ends the engine: waiting checkouts fail, connections in use are closed when they come back, the others now.
    ///
    /// Returns when no connection is left. Safe to call twice, and from several tasks: all of them wait. Later calls of
    /// the engine fail with `DatabaseError` code `poolClosed`. Inside a closure that holds a connection it would wait for
    /// itself: call it outside.
    public func dispose() async {
        await sharing?.closeShared()
        await pool.shutDown()
    }
}

extension Engine: Service {
    /// Keeps the engine until its service group shuts down gracefully or the task is cancelled, then disposes of it.
    ///
    /// The engine works before this is called as well.
    ///
    /// - Throws: `DatabaseError` with code `invalidConfiguration` when it is called a second time.
    public func run() async throws {
        let isFirst = isRunning.withLock { isRunning in
            defer { isRunning = true }
            return !isRunning
        }
        guard isFirst else {
            throw DatabaseError(
                .invalidConfiguration,
                "Engine.run() was called twice; add an engine to one service group."
            )
        }
        try? await gracefulShutdown()
        await dispose()
    }
}
