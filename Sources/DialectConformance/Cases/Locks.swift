internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Advisory locks.
    static let locks: [CaseDefinition] = [
        CaseDefinition("locks.ofASessionExcludeOthers", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let (name, other) = (trial.name("lock"), trial.name("lock"))
            trial.expect(try await first.tryLock(name, for: .session), "A free lock was not given.")
            trial.expect(!(try await second.tryLock(name, for: .session)), "One lock was given to two sessions.")
            trial.expect(try await second.tryLock(other, for: .session), "Another name was taken for the same lock.")
            try await first.unlock(name)
            trial.expect(try await second.tryLock(name, for: .session), "A lock that was given back was not given.")
            try await second.unlock(name)
            try await second.unlock(other)
        },
        CaseDefinition("locks.takenTwiceAreGivenBackTwice", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let name = trial.name("lock")
            for _ in 0..<2 {
                trial.expect(try await first.tryLock(name, for: .session), "A session is refused its own lock.")
            }
            try await first.unlock(name)
            trial.expect(
                !(try await second.tryLock(name, for: .session)),
                "One unlock freed a lock that was taken twice."
            )
            try await first.unlock(name)
            trial.expect(try await second.tryLock(name, for: .session), "Two unlocks did not free the lock.")
            await trial.expectError(.invalidTransactionState, from: "An unlock without the lock") {
                try await first.unlock(name)
            }
            await trial.expectUsable(first, after: "an unlock without the lock")
        },
        CaseDefinition("locks.goWithTheirSession", needs: [.sessionLocks]) { trial in
            let second = try await trial.lockingConnection()
            for ending in ["close", "reset"] {
                let first = try await trial.lockingConnection()
                let name = trial.name("lock")
                for _ in 0..<2 { _ = try await first.tryLock(name, for: .session) }
                if ending == "close" { await first.close() } else { try await first.reset() }
                trial.expect(try await trial.locksEventually(name, on: second), "The \(ending) did not free a lock.")
                try await second.unlock(name)
            }
        },
        CaseDefinition("locks.goWithASilentSession", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let name = trial.name("lock")
            _ = try await first.tryLock(name, for: .session)
            try await first.limitSilence(to: .seconds(1), for: .session)
            try await first.limitSilence(to: nil, for: .session)
            await trial.pause(.seconds(2))
            trial.expect(
                !(try await second.tryLock(name, for: .session)),
                "A limit was taken back, and ended a session."
            )
            try await first.limitSilence(to: .seconds(1), for: .session)
            trial.expect(try await trial.locksEventually(name, on: second), "A silent session kept its lock.")
            await trial.expectError(.connectionLost, from: "A statement of a session that was ended") {
                try await first.execute("SELECT 1")
            }
            try await second.unlock(name)
        },
        CaseDefinition("locks.tellTheirHolder", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let name = trial.name("lock")
            trial.expect(try await second.holder(of: name) == nil, "A free lock has a holder.")
            _ = try await first.tryLock(name, for: .session)
            let holder = try await second.holder(of: name)
            trial.expect(holder?.isEmpty == false, "A taken lock has no holder.")
            try await first.unlock(name)
            trial.expect(try await second.holder(of: name) == nil, "A lock that was given back has a holder.")
        },
        CaseDefinition("locks.ofASessionOutliveATransaction", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let name = trial.name("lock")
            try await first.begin(.readWrite)
            trial.expect(try await first.tryLock(name, for: .session), "A free lock was not given.")
            try await first.rollBack()
            trial.expect(
                !(try await second.tryLock(name, for: .session)),
                "A session's lock went with its transaction."
            )
            try await first.unlock(name)
        },
        CaseDefinition("locks.takeAnyName", needs: [.sessionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let prefix = trial.name("lock")
            // Names that differ only in letter case, in spaces, or far from their start are different.
            let long = String(repeating: "x", count: 200)
            let names = ["a", "A", "a ", "é", "e\u{301}", "it's \"quoted\"", "日本語", long + "1", long + "2"].map {
                prefix + $0
            }
            for (position, name) in names.enumerated() {
                let session = position.isMultiple(of: 2) ? first : second
                trial.expect(
                    try await session.tryLock(name, for: .session),
                    "'\(name.suffix(30))' is not a lock of its own."
                )
            }
        },
        CaseDefinition("locks.ofATransactionExcludeOthersAndGoWithIt", needs: [.transactionLocks]) { trial in
            let (first, second) = (try await trial.lockingConnection(), try await trial.lockingConnection())
            let name = trial.name("lock")
            for isCommitted in [true, false] {
                try await first.begin(.readWrite)
                try await second.begin(.readWrite)
                trial.expect(try await first.tryLock(name, for: .transaction), "A free lock was not given.")
                trial.expect(
                    !(try await second.tryLock(name, for: .transaction)),
                    "One lock was given to two transactions."
                )
                if isCommitted { try await first.commit() } else { try await first.rollBack() }
                trial.expect(
                    try await second.tryLock(name, for: .transaction),
                    "The transaction's end did not free its lock."
                )
                try await second.rollBack()
            }
            await trial.expectError(.invalidTransactionState, from: "A transaction's lock outside a transaction") {
                try await first.tryLock(name, for: .transaction)
            }
        },
        CaseDefinition("features.sessionLocksAreAbsent", absent: .sessionLocks) { trial in
            guard let connection = try await trial.connect() as? any AdvisoryLocking else { return }
            await trial.expectError(.unsupportedFeature, from: "A session's lock") {
                try await connection.tryLock(trial.name("lock"), for: .session)
            }
        },
        CaseDefinition("features.transactionLocksAreAbsent", absent: .transactionLocks) { trial in
            guard let connection = try await trial.connect() as? any AdvisoryLocking else { return }
            try await connection.begin(.readWrite)
            await trial.expectError(.unsupportedFeature, from: "A transaction's lock") {
                try await connection.tryLock(trial.name("lock"), for: .transaction)
            }
            try await connection.rollBack()
        },
    ]
}

extension Trial {
    fileprivate func lockingConnection() async throws -> any AdvisoryLocking {
        try capability((any AdvisoryLocking).self, of: try await connect())
    }

    /// Takes a lock of a session that is ending: a server may take a moment to notice.
    fileprivate func locksEventually(
        _ name: String,
        on connection: any AdvisoryLocking
    ) async throws(DatabaseError) -> Bool {
        for _ in 0..<100 {
            if try await connection.tryLock(name, for: .session) { return true }
            await pause(.milliseconds(50))
        }
        return false
    }
}
