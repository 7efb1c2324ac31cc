#if SQLite
import DialectCore
import Locking

extension MutantConnection: StatementStarting {
    func makeRun(of statement: Statement) throws(DatabaseError) -> any StatementRun {
        MutantRun(statement, on: self)
    }
}

/// A statement that a task of its own runs, as it should or as its mutant does.
final class MutantRun: StatementRun {
    private let statement: Statement
    private let connection: MutantConnection
    private let task = Locked<Task<Void, Never>?>(nil)
    private let isCancelled = Locked(false)

    init(_ statement: Statement, on connection: MutantConnection) {
        self.statement = statement
        self.connection = connection
    }

    func start(_ end: @escaping End) {
        let (connection, statement) = (connection, statement)
        let running = Task {
            var outcome = await captured { () async throws(DatabaseError) in try await connection.execute(statement) }
            if connection.mutant == .losesTheErrorOfARun, case .failure = outcome {
                outcome = .success(StatementResult())
            }
            end(outcome)?()
        }
        task.withLock { $0 = running }
        if isCancelled.withLock({ $0 }) { running.cancel() }
    }

    func cancel() {
        guard connection.mutant != .ignoresCancelOfARun else { return }
        isCancelled.withLock { $0 = true }
        task.withLock { $0 }?.cancel()
    }

    func finish() async throws(DatabaseError) -> StatementResult { try await connection.execute(statement) }
}
#endif
