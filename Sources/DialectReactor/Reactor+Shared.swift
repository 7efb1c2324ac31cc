internal import CDialectReactor
public import DialectCore
internal import Locking

extension Reactor {
    /// How many reactors the program's connections share.
    ///
    /// One for every processor, at most eight. Where the server is on the same machine its threads push a reactor aside
    /// whenever a statement reaches them: two on two processors let 64 tasks run 1.1 to 1.4 times as many point selects as
    /// one does, because the other goes on meanwhile.
    public static let sharedCount = min(8, max(1, Int(reactor_processor_count())))

    /// The shared reactor for the next connection: they take turns.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread or a descriptor.
    public static func next() throws(DatabaseError) -> Reactor {
        try shared.withLock { shared throws(DatabaseError) in
            if shared.reactors.count < sharedCount {
                shared.reactors.append(try Reactor(name: "reactor \(shared.reactors.count)", tasks: sharedTasks))
            }
            shared.turn = (shared.turn + 1) % shared.reactors.count
            return shared.reactors[shared.turn]
        }
    }

    /// The executor of tasks on all shared reactors, of which there is at least one; nil when there can be none.
    public static let sharedTaskExecutor: (any TaskExecutor)? = (try? next()) == nil ? nil : sharedTasks

    private static let sharedTasks = ReactorTaskExecutor()

    private struct Shared {
        var reactors: [Reactor] = []
        var turn = 0
    }

    private static let shared = Locked(Shared())
}
