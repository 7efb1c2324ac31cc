import DialectCore

// Unchecked for the reason of its superclass.
/// A session whose statements anybody can start.
final class StartingMockConnection: MockConnection, StatementStarting, @unchecked Sendable {
    func makeRun(of statement: Statement) -> any StatementRun { MockRun(statement, on: self) }
}

/// A statement that a task of its own runs, or that is left to the task that wants the result.
private final class MockRun: StatementRun {
    private struct State: Sendable {
        var task: Task<Void, Never>?
        var isCancelled = false
    }

    private let statement: Statement
    private let connection: StartingMockConnection
    private let state = Guarded(State())

    init(_ statement: Statement, on connection: StartingMockConnection) {
        self.statement = statement
        self.connection = connection
    }

    func start(_ end: @escaping End) {
        let (connection, statement) = (connection, statement)
        let database = connection.database
        database.state.withLock { $0.log.append("\(connection.number) start") }
        guard !database.state.withLock({ $0.leavesRuns }) else {
            end(nil)?()
            return
        }
        let task = Task {
            let outcome: Result<StatementResult, DatabaseError>
            do throws(DatabaseError) {
                outcome = .success(try await connection.execute(statement))
            } catch {
                outcome = .failure(error)
            }
            end(outcome)?()
        }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            return state.task
        }?.cancel()
    }

    func finish() async throws(DatabaseError) -> StatementResult { try await connection.execute(statement) }
}
