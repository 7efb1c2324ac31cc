public import DialectCore

/// What an application may choose about an engine.
public struct EngineConfiguration: Sendable, Hashable {
    /// The limits of the connection pool; nil, the default, takes those of the dialect for the URL.
    public var pool: PoolConfiguration?

    /// Makes a configuration.
    public init(pool: PoolConfiguration? = nil) { self.pool = pool }
}
