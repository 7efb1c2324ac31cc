/// How a migrator runs.
public struct MigratorOptions: Sendable, Hashable {
    /// How long to wait for another migrator, or another writer, to let go of the lock; 60 seconds unless told.
    ///
    /// The last attempt begins before this time is over, and then takes as long as the database itself waits for a lock.
    /// Zero makes one attempt.
    public var lockTimeout: Duration

    /// How long the database keeps the lock for a migrator that it hears nothing of; 30 seconds unless told, and at least
    /// one.
    ///
    /// A migrator whose process stands still for longer has its session ended by the server: another one is let in, and the
    /// first can write nothing when it goes on. A statement that runs long on the server is no silence, but a data
    /// operation that computes for longer between two statements is. SQLite has no server: there a process keeps its lock
    /// until it ends.
    ///
    /// PostgreSQL hears a statement as begun from its first message on, so a process that stops within the moment between
    /// two messages of one statement keeps its lock.
    public var lease: Duration

    /// Makes options.
    public init(lockTimeout: Duration = .seconds(60), lease: Duration = .seconds(30)) {
        self.lockTimeout = lockTimeout
        self.lease = lease
    }
}
