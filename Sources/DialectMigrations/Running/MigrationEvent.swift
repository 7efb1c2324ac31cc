/// What a migrator is doing, for whoever shows progress.
///
/// The migrator tells its observer in order, on the caller's executor and while it holds its lock. An observer returns at
/// once; one that has more to do yields the event to an `AsyncStream.Continuation`.
public enum MigrationEvent: Sendable {
    /// There are steps to run, and the migrator takes the lock, which another one may hold.
    case waitingForLock
    /// A step begins, the `number`th of `count`.
    ///
    /// A step begins a second time when a program without the lock was at work as well.
    case stepStarted(PlannedStep, number: Int, of: Int)
    /// A step ended and its version is recorded: in the transaction that holds all steps, or for good where each step
    /// runs by itself.
    case stepFinished(PlannedStep, duration: Duration)
    /// Everything is committed, or there was nothing to do.
    case finished(MigrationReport)
}
