internal import CDialectReactor
public import DialectCore

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

    /// Starts a thread with this name, of which tools show 15 bytes.
    ///
    /// Programs use `next()`; a reactor of its own is for tests and measurements.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread or a descriptor.
    public convenience init(name: String) throws(DatabaseError) {
        try self.init(name: name, tasks: ReactorTaskExecutor())
    }

    /// Starts a thread for tasks that it may share with other reactors.
    init(name: String, tasks: ReactorTaskExecutor) throws(DatabaseError) {
        loop = try ReactorLoop(name: name, tasks: tasks)
        serial = ReactorSerialExecutor(loop: loop)
        try loop.start(serial: serial)
        tasks.add(loop)
    }

    /// The executor for actors that live on the reactor.
    public var unownedExecutor: UnownedSerialExecutor { serial.asUnownedSerialExecutor() }

    /// The executor for tasks that use those actors; the shared reactors have one together.
    ///
    /// A task goes on where it was let go on: on the reactor whose actor had the answer that it waited for.
    public var taskExecutor: any TaskExecutor { loop.tasks }

    /// Whether the caller runs on the reactor's thread.
    public var isCurrent: Bool { loop.isCurrent }

    /// Runs something on the reactor's thread soon; from any thread.
    public func run(_ action: @escaping @Sendable () -> Void) { loop.add(.action(action)) }

    /// Runs something on an actor that lives on the reactor: at once where the caller is on its thread, and else soon.
    @inlinable
    public func run<Resident: Actor>(
        on resident: Resident,
        _ body: @escaping @Sendable (isolated Resident) -> Void
    ) {
        if isCurrent { runNow(on: resident, body) } else { run { [self] in runNow(on: resident, body) } }
    }

    /// Runs something at once on an actor that lives on the reactor; the caller must be on its thread.
    ///
    /// Like the actor's `assumeIsolated`, which asks the run-time library where it is and first of all whether that is the
    /// main thread; here the thread knows its reactor, at a tenth of the cost.
    @inlinable
    public func runNow<Resident: Actor, Result>(
        on resident: Resident,
        _ body: (isolated Resident) throws -> Result
    ) rethrows -> Result {
        precondition(isCurrent, "the actor's state belongs to the reactor's thread")
        return try withoutActuallyEscaping(body) { body in
            // What the isolation stands for was checked, so it may be dropped from the type; the standard library's does so.
            try unsafeBitCast(body, to: ((Resident) throws -> Result).self)(resident)
        }
    }

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
