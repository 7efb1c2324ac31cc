#if MySQL
internal import DialectCore

/// What became of the transaction that `begin` began.
enum MySQLTransactionState: Sendable {
    case none
    /// Open; `hasCommittedPart` when a statement committed what came before it, and the rest goes on in another one.
    case open(TransactionOptions, hasCommittedPart: Bool)
    /// The server rolled it back; until it is ended here too, nothing may run, since it would be committed at once.
    case lost(DatabaseError)

    var isNone: Bool { if case .none = self { true } else { false } }

    func refuseWhenLost() throws(DatabaseError) {
        guard case .lost(let cause) = self else { return }
        throw DatabaseError(
            .invalidTransactionState,
            "The server rolled the transaction back at an earlier error; roll back before anything else.",
            underlying: cause
        )
    }
}
#endif
