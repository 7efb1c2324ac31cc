/// A connection whose statements can be started by anybody, not only by the task that waits for the result.
///
/// Where all connections are in use the engine keeps a statement that is to run on its own, and starts it from where the
/// connection comes back: on the connection's own thread as a rule, while the task that wants the result sleeps on. A task
/// that had to be woken to send its statement would cost more than many a statement does.
public protocol StatementStarting: Connection {
    /// Prepares the run of one statement, which begins when it is started.
    ///
    /// - Throws: `DatabaseError` when the statement cannot be written for the database.
    func makeRun(of statement: Statement) throws(DatabaseError) -> any StatementRun
}

/// One statement on its way through a connection.
///
/// It is started once, by whoever has the connection at that moment.
public protocol StatementRun: AnyObject, Sendable {
    /// What is to be called when the run ends.
    ///
    /// It gets what `Connection.execute` would have returned or thrown, and the connection is free to be used again; or nil
    /// when the rest takes a task, which must call `finish()`. What it returns wakes a task: that is to be called when
    /// nothing is left that can be sent first.
    typealias End = @Sendable (_ outcome: Result<StatementResult, DatabaseError>?) -> (@Sendable () -> Void)?

    /// Starts the statement, from any thread, without waiting.
    ///
    /// - Parameter end: Called once, on any thread. Before this returns it may be called now and then but not as a rule:
    ///   within the call the next statement that waits is started, and within its call the one after that.
    func start(_ end: @escaping End)

    /// Ends the statement early, as the cancellation of its task would; from any thread, at any time.
    ///
    /// It does nothing after the end, and nothing to `finish()`, which the cancellation of its own task ends.
    func cancel()

    /// Does what is left after the end with nil: it waits for the answer to what was sent, or runs the statement after all.
    ///
    /// - Throws: `DatabaseError`, as `Connection.execute` does.
    func finish() async throws(DatabaseError) -> StatementResult
}

extension StatementRun {
    /// Starts the statement and waits for its end: all that `Connection.execute` has to do.
    ///
    /// - Throws: `DatabaseError`, as `Connection.execute` does.
    public func result() async throws(DatabaseError) -> StatementResult {
        do {
            let result = try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { (waiter: UnsafeContinuation<StatementResult?, any Error>) in
                    start { outcome in
                        switch outcome {
                        case .success(let result)?: waiter.resume(returning: result)
                        case .failure(let error)?: waiter.resume(throwing: error)
                        case nil: waiter.resume(returning: nil)
                        }
                        return nil
                    }
                }
            } onCancel: {
                cancel()
            }
            if let result { return result }
        } catch let error as DatabaseError {
            throw error
        } catch {
            preconditionFailure("a statement ended with \(error)")
        }
        return try await finish()
    }
}
