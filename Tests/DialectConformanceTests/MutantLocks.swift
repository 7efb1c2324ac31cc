#if SQLite
import DialectCore
import Foundation
import Locking

/// The locks of all sessions on a database that has none: this process has every session there is.
enum MutantLocks {
    private static let holders = Locked<[String: (owner: UUID, count: Int)]>([:])
    /// When the sessions end that have to be heard of.
    private static let deadlines = Locked<[UUID: ContinuousClock.Instant]>([:])

    static func limitSilence(of owner: UUID, to limit: Duration?) {
        deadlines.withLock { $0[owner] = limit.map { ContinuousClock.now + $0 } }
    }

    /// Whether nothing was heard of a session for too long; its locks are free then.
    static func hasEnded(_ owner: UUID) -> Bool {
        let hasEnded = deadlines.withLock { $0[owner].map { $0 < .now } ?? false }
        if hasEnded { releaseAll(of: owner) }
        return hasEnded
    }

    static func tryLock(_ name: String, for owner: UUID) -> Bool {
        if let holder = self.holder(of: name), hasEnded(holder) { releaseAll(of: holder) }
        return holders.withLock { holders in
            guard let holder = holders[name] else {
                holders[name] = (owner, 1)
                return true
            }
            guard holder.owner == owner else { return false }
            holders[name] = (owner, holder.count + 1)
            return true
        }
    }

    static func unlock(_ name: String, for owner: UUID) -> Bool {
        holders.withLock { holders in
            guard let holder = holders[name], holder.owner == owner else { return false }
            holders[name] = holder.count > 1 ? (owner, holder.count - 1) : nil
            return true
        }
    }

    static func holder(of name: String) -> UUID? { holders.withLock { $0[name]?.owner } }

    static func releaseAll(of owner: UUID) { holders.withLock { $0 = $0.filter { $0.value.owner != owner } } }
}

extension MutantConnection: AdvisoryLocking {
    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        guard lifetime == .session else {
            throw DatabaseError(.unsupportedFeature, "Locks of this database belong to a session.")
        }
        try await ping()
        // A database's locks know their names byte by byte, and Swift's strings do not.
        return MutantLocks.tryLock(Self.bytes(name), for: owner) || mutant == .lockNotExclusive
    }

    func unlock(_ name: String) async throws(DatabaseError) {
        guard MutantLocks.unlock(Self.bytes(name), for: owner) else {
            throw DatabaseError(.invalidTransactionState, "The session does not have the lock.")
        }
    }

    func holder(of name: String) async throws(DatabaseError) -> String? {
        MutantLocks.holder(of: Self.bytes(name)).map { "session \($0)" }
    }

    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError) {
        guard lifetime == .session else {
            throw DatabaseError(.unsupportedFeature, "Locks of this database belong to a session.")
        }
        if mutant != .toleratesSilence { MutantLocks.limitSilence(of: owner, to: limit) }
    }

    private static func bytes(_ name: String) -> String { Data(name.utf8).base64EncodedString() }
}
#endif
