#if SQLite
import DialectCore
import Foundation
import Locking

/// The locks of all sessions on a database that has none: this process has every session there is.
enum MutantLocks {
    private static let holders = Locked<[String: (owner: UUID, count: Int)]>([:])

    static func tryLock(_ name: String, for owner: UUID) -> Bool {
        holders.withLock { holders in
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

    private static func bytes(_ name: String) -> String { Data(name.utf8).base64EncodedString() }
}
#endif
