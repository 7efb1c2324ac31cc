public import DialectCore

/// Several failures of one transaction, none of which hides another.
///
/// A transaction that fails in one way only throws that error itself.
public struct TransactionError: Error, Sendable, CustomStringConvertible {
    /// Why the transaction could not be begun.
    public internal(set) var begin: (any Error)?
    /// What the transaction's body threw.
    public internal(set) var body: (any Error)?
    /// Why the work could not be committed.
    public internal(set) var commit: (any Error)?
    /// Why the work could not be rolled back.
    ///
    /// The connection is closed then, which rolls back as well.
    public internal(set) var rollBack: DatabaseError?

    init(begin: any Error) { self.begin = begin }

    init(body: any Error) { self.body = body }

    init(commit: any Error) { self.commit = commit }

    /// What failed, in order.
    public var description: String {
        let parts = [
            begin.map { "the begin failed: \($0)" },
            body.map { "the transaction failed: \($0)" },
            commit.map { "the commit failed: \($0)" },
            rollBack.map { "the rollback failed too: \($0)" },
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }
}
