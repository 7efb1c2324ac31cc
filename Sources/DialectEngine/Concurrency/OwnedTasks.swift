import Locking

/// Tasks that belong to one owner, who can cancel them and wait for all of them.
final class OwnedTasks: Sendable {
    private struct State {
        var tasks: [UInt64: Task<Void, Never>] = [:]
        var nextID: UInt64 = 0
    }

    private let state = Locked(State())

    /// Starts a task and returns a handle that cancels it.
    ///
    /// It inherits nothing of the caller, who may be anybody: no task-local values, priority or executor.
    @discardableResult
    func start(_ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            // The lock is held until the task is registered, so a task that ends at once finds itself.
            let task = Task.detached {
                await operation()
                self.state.withLock { state in _ = state.tasks.removeValue(forKey: id) }
            }
            state.tasks[id] = task
            return task
        }
    }

    /// Cancels the tasks that have not ended.
    func cancelAll() {
        for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
    }

    /// Waits until every task has ended, those included that are started meanwhile.
    func wait() async {
        while let task = state.withLock({ $0.tasks.first?.value }) { await task.value }
    }
}
