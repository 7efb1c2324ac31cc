import Locking

extension ConnectionPool {
    /// Makes the timer wait for the moment that the machine has in mind.
    ///
    /// The machine is asked rather than the action: threads may perform actions in another order than they were decided
    /// in, and the earlier decision must not win.
    func adjustTimer() {
        let replaced: Task<Void, Never>? = state.withLock { state in
            guard state.timer?.moment != state.machine.timer else { return nil }
            defer { state.timer = state.machine.timer.map { (startTimer($0), $0) } }
            return state.timer?.task
        }
        replaced?.cancel()
    }

    /// Starts a task that fires at the moment, unless it is cancelled before.
    private func startTimer(_ moment: PoolInstant) -> Task<Void, Never> {
        // Weak: a pool that nobody uses any more is not kept by its timer.
        tasks.start { [weak self, clock] in
            await clock.sleep(until: moment)
            guard !Task.isCancelled else { return }
            self?.timerFired()
        }
    }

    private func timerFired() {
        let now = clock.now
        perform(
            state.withLock { state in
                state.timer = nil
                return state.decide { $0.timerFired(now: now) }
            }
        )
    }
}
