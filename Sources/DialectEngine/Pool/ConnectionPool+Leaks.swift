import DialectCore
import Locking
import Logging

extension ConnectionPool {
    /// Looks from time to time for connections that are out for longer than the leak threshold, and warns of each once.
    func watchForLeaks() {
        guard let threshold = configuration.leakThreshold?.saturatingNanoseconds else { return }
        // Weak: a pool that nobody uses any more is not kept by its watch.
        tasks.start { [weak self, clock] in
            while !Task.isCancelled {
                await clock.sleep(until: clock.now.advanced(by: max(1, threshold / 2)))
                guard !Task.isCancelled, let self else { return }
                warnOfLeaks(threshold)
            }
        }
    }

    private func warnOfLeaks(_ threshold: Int64) {
        let now = clock.now
        let moment = now.advanced(by: -threshold)
        for session in state.withLock({ $0.sessions }) {
            guard let holder = session?.holderToReport(since: moment) else { continue }
            logger.warning(
                "A connection is checked out for longer than the pool's leak threshold",
                metadata: ["held": "\(holder.description(at: now))"]
            )
        }
    }
}
