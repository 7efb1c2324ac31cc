internal import DialectCore

/// What a connection's user believes about its transaction.
enum SQLiteTransactionState: Equatable {
    case none
    case readOnly
    case readWrite
    /// The database ended it, for the reason in the text. Nothing runs until the user has noticed: the next statements
    /// would else be committed one by one.
    case lost(because: String)

    /// Refuses to run inside a transaction that is gone.
    func refuseWhenLost() throws(DatabaseError) {
        guard case .lost(let reason) = self else { return }
        throw DatabaseError(
            .invalidTransactionState,
            "The database has ended the transaction and undone its work: \(reason) Roll back, and run it again from its "
                + "begin."
        )
    }
}
