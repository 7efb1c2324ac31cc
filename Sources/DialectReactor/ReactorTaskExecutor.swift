internal import Locking
internal import Synchronization

/// The executor of tasks that prefer reactors.
///
/// A task that goes on because of something that happened on one of its reactors, such as an answer or a connection that came
/// back, goes on there, where the connection is. One that comes from another thread goes to the reactor that last had
/// something to do: it needs no waking, or has the connection that was used last.
final class ReactorTaskExecutor: TaskExecutor {
    private let loops = Locked<[ReactorLoop]>([])
    /// The position of the loop that last had something to do.
    private let busiest = Atomic(0)

    /// Adds a reactor's loop, when its thread runs.
    func add(_ loop: ReactorLoop) {
        loops.withLock { loops in
            loop.position = loops.count
            loops.append(loop)
        }
    }

    /// Notes that a loop has something to do.
    func noteEvents(at position: Int) {
        if busiest.load(ordering: .relaxed) != position { busiest.store(position, ordering: .relaxed) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let work = ReactorLoop.Work.taskJob(UnownedJob(job))
        if let loop = ReactorLoop.current, loop.tasks === self {
            loop.add(work)
        } else {
            loops.withLock { $0[busiest.load(ordering: .relaxed)] }.add(work)
        }
    }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
}
