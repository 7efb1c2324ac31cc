internal import CDialectReactor
public import DialectCore
internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A thread that waits for many sockets and runs the code that uses them.
///
/// It is the serial executor of connections, and the executor that the tasks which use them prefer, so a statement, its
/// answer and the code that asked for it stay on one thread: a change of thread costs more than a point select does.
///
///     actor MyConnection: Connection {
///         nonisolated let reactor = Reactor.next()
///         nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }
///         nonisolated var preferredExecutor: (any TaskExecutor)? { reactor.taskExecutor }
///     }
///
/// Nothing may block on it. A reactor never ends: the few that a program has serve all its engines.
public final class Reactor: Sendable {
    let loop: ReactorLoop
    private let serial: ReactorSerialExecutor
    private let tasks: ReactorTaskExecutor

    /// Starts a thread with this name, of which tools show 15 bytes.
    ///
    /// Programs use `next()`; a reactor of its own is for tests and measurements.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread or a descriptor.
    public init(name: String) throws(DatabaseError) {
        loop = try ReactorLoop(name: name)
        serial = ReactorSerialExecutor(loop: loop)
        tasks = ReactorTaskExecutor(loop: loop)
        try loop.start(serial: serial, tasks: tasks)
    }

    /// The executor for actors that live on the reactor.
    public var unownedExecutor: UnownedSerialExecutor { serial.asUnownedSerialExecutor() }

    /// The executor for tasks that use those actors.
    public var taskExecutor: any TaskExecutor { tasks }

    /// Whether the caller runs on the reactor's thread.
    public var isCurrent: Bool { loop.isCurrent }

    /// Runs something on the reactor's thread soon; from any thread.
    public func run(_ action: @escaping @Sendable () -> Void) { loop.add(.action(action)) }

    /// Runs something on the reactor's thread before it next waits, after everything else that is ready to run.
    ///
    /// So what many tasks want to send can be sent at once. Must be called on the reactor's thread.
    public func atEndOfTurn(_ action: @escaping @Sendable () -> Void) {
        precondition(isCurrent, "the end of a turn belongs to the reactor's thread")
        loop.endOfTurn.append(action)
    }
}

/// The executor of actors on a reactor.
///
/// Not the reactor itself, and not the object that tasks prefer: a job that is told of both executors at once goes once
/// more through the queue for its nonisolated code.
final class ReactorSerialExecutor: SerialExecutor {
    private let loop: ReactorLoop

    init(loop: ReactorLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) { loop.add(.actorJob(UnownedJob(job))) }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() { precondition(loop.isCurrent, "the code runs outside of its reactor's thread") }
}

/// The executor of tasks that prefer a reactor.
final class ReactorTaskExecutor: TaskExecutor {
    private let loop: ReactorLoop

    init(loop: ReactorLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) { loop.add(.taskJob(UnownedJob(job))) }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
}
