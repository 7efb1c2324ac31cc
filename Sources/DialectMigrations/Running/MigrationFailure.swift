internal import DialectCore

/// An error with the place where a migration met it.
struct MigrationFailure: Error {
    let cause: DatabaseError
    /// The step and operation, or nil for an error that says enough by itself.
    let place: String?
    /// Whether what was running may have taken effect all the same.
    let leavesDoubt: Bool

    init(_ cause: DatabaseError, at place: String?, leavesDoubt: Bool = false) {
        self.cause = cause
        self.place = place
        self.leavesDoubt = leavesDoubt || [.cancelled, .commitOutcomeUnknown, .connectionLost].contains(cause.code)
    }

    /// The error for the caller; `outcome` says what is left in the database.
    ///
    /// It keeps the cause's code, so that `isRetryable` and the like still answer.
    func error(chain: String, outcome: String) -> DatabaseError {
        guard let place else { return cause }
        let reason = cause.message.last.map { ".!?".contains($0) } == true ? cause.message : "\(cause.message)."
        return DatabaseError(
            cause.code,
            "The migration of '\(chain)' \(cause.code == .cancelled ? "ended" : "failed") at \(place): \(reason) \(outcome)",
            sqlState: cause.sqlState,
            vendorCode: cause.vendorCode,
            constraint: cause.constraint,
            table: cause.table,
            columns: cause.columns,
            underlying: cause
        )
    }
}

/// Says where an error of `body` was met.
func at<Result: Sendable>(
    _ place: @autoclosure () -> String,
    _ body: () async throws(DatabaseError) -> Result
) async throws(MigrationFailure) -> Result {
    do { return try await body() } catch { throw MigrationFailure(error, at: place()) }
}
