/// How a migrator runs.
public struct MigratorOptions: Sendable, Hashable {
    /// How long to wait for another migrator, or another writer, to let go of the lock; 60 seconds unless told.
    ///
    /// The last attempt begins before this time is over, and then takes as long as the database itself waits for a lock.
    /// Zero makes one attempt.
    public var lockTimeout: Duration

    /// Makes options.
    public init(lockTimeout: Duration = .seconds(60)) { self.lockTimeout = lockTimeout }
}
