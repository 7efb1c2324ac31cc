internal import DialectCore

extension Trial {
    /// Runs `body` in a task that is cancelled before it begins, and returns how it ended.
    func cancelledBefore<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(DatabaseError) -> Value
    ) async -> Result<Value, DatabaseError> {
        await Task { () -> Result<Value, DatabaseError> in
            withUnsafeCurrentTask { $0?.cancel() }
            return await outcome(of: body)
        }.value
    }

    /// Runs `body` in a task, cancels that after a while, and returns how it ended.
    ///
    /// What `body` does must take longer than the while, but nothing depends on it: a call that is cancelled too early is
    /// cancelled all the same.
    func cancelledDuring<Value: Sendable>(
        after delay: Duration = .milliseconds(60),
        _ body: @escaping @Sendable () async throws(DatabaseError) -> Value
    ) async -> Result<Value, DatabaseError> {
        let task = Task { await outcome(of: body) }
        await pause(delay)
        task.cancel()
        return await task.value
    }

    /// Lets another session get to where it waits.
    ///
    /// No database can be asked in portable words whether a session waits. A pause that is too short makes a case show
    /// less, and never makes it fail.
    func pause(_ duration: Duration = .milliseconds(60)) async {
        // There is nothing portable to wait for; see above.
        try? await Task.sleep(for: duration)
    }
}

/// How a call ended.
func outcome<Value: Sendable>(
    of body: @Sendable () async throws(DatabaseError) -> Value
) async -> Result<Value, DatabaseError> {
    do throws(DatabaseError) {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}

extension Result where Failure == DatabaseError {
    /// The code of the error, or nil for a success.
    var code: DatabaseError.Code? { if case .failure(let error) = self { error.code } else { nil } }

    var isSuccess: Bool { code == nil }
}
