#if PostgreSQL
internal import DialectCore
internal import DialectReactor

// Statements that nobody waits for are ended on the server when their turn comes and they take long.
//
// A request to cancel names a session, not a statement, so it may hit the next one: that one is run again.
extension PostgreSQLPipelines {
    /// How long a statement whose task is gone may run before it is ended: most end by themselves sooner than a request,
    /// which takes a connection of its own, would arrive.
    static let grace = Duration.milliseconds(20)

    /// Does what the time has come for.
    func endLateStatement(_ lane: PostgreSQLLane) {
        guard let read = lane.running else { return }
        let now = ContinuousClock.now
        if !read.isAbandoned, let deadline = read.deadline, deadline <= now {
            read.answer(.failure(.readTimedOut))
            lane.ending = (read, now)
        }
        guard read.isAbandoned, let ending = lane.ending, ending.read === read, ending.at <= now else { return }
        if let cancel = lane.cancel, cancel.read === read {
            if cancel.giveUpAt <= now { lose(lane, .lostLane(lane)) }
        } else if lane.cancel?.isUnderWay != true {
            requestCancel(of: read, on: lane)
        }
    }

    private func requestCancel(of read: PipelinedRead, on lane: PostgreSQLLane) {
        lane.cancels += 1
        lane.cancel = PostgreSQLLane.Cancel(read: read, giveUpAt: .now + PostgreSQLCall.patience)
        let identity = ObjectIdentifier(lane)
        let isOnItsWay = lane.link.requestCancel {
            self.reactor.run(on: self) { $0.cancelRequestEnded(identity) }
        }
        if !isOnItsWay { lane.cancel?.isUnderWay = false }
    }

    private func cancelRequestEnded(_ identity: ObjectIdentifier) {
        guard let lane = lanes.first(where: { ObjectIdentifier($0) == identity }) else { return }
        lane.cancel?.isUnderWay = false
        // The next statement may be one to end as well.
        lane.link.watch.interrupt()
    }
}

extension PostgreSQLLane {
    /// Until when to wait for the server's next answer; nil is for ever.
    func nextDeadline() -> ContinuousClock.Instant? {
        guard let read = running else { return nil }
        guard read.isAbandoned else { return read.deadline }
        if let cancel, cancel.read === read { return cancel.giveUpAt }
        if let ending, ending.read === read {
            // While another request is under way, its end wakes the follower.
            return cancel?.isUnderWay == true ? nil : ending.at
        }
        let end = ContinuousClock.now + PostgreSQLPipelines.grace
        ending = (read, end)
        return end
    }

    /// Takes all reads that have no answer yet.
    func takeReads() -> [PipelinedRead] {
        let waiting = preparations.values.flatMap(\.reads)
        preparations = [:]
        let sent: [PipelinedRead] = ledger.removeAll().compactMap { item in
            if case .read(let read, _) = item { return read }
            return nil
        }
        return sent + waiting
    }
}

extension DatabaseError {
    fileprivate static let readTimedOut = DatabaseError(
        .statementTimeout,
        "The call took longer than the URL's command_timeout allows; its statement was cancelled."
    )
}
#endif
