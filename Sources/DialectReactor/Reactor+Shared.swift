internal import CDialectReactor
public import DialectCore
internal import Locking

extension Reactor {
    /// How many reactors the program's connections share.
    ///
    /// One for every two processors, at least one and at most eight: a reactor with its queue full drives a database
    /// server that needs as many processors again, and more reactors than that only take turns.
    public static let sharedCount = min(8, max(1, Int(reactor_processor_count()) / 2))

    /// The shared reactor for the next connection: they take turns.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system refuses a thread or a descriptor.
    public static func next() throws(DatabaseError) -> Reactor {
        try shared.withLock { shared throws(DatabaseError) in
            if shared.reactors.count < sharedCount {
                shared.reactors.append(try Reactor(name: "reactor \(shared.reactors.count)"))
            }
            shared.turn = (shared.turn + 1) % shared.reactors.count
            return shared.reactors[shared.turn]
        }
    }

    /// The executor of the shared reactor where there is but one; nil where connections take turns among several.
    public static let soleExecutor: (any TaskExecutor)? = sharedCount == 1 ? try? next().taskExecutor : nil

    private struct Shared {
        var reactors: [Reactor] = []
        var turn = 0
    }

    private static let shared = Locked(Shared())
}
