public import DialectCore
import Foundation

/// A database that is only a log and a script: tests tell it what fails and what hangs, and read what was called.
///
/// A dialect is a value without parameters, so its connector finds the database by the name in the URL.
public final class MockDatabase: Sendable {
    /// The calls that a test can script.
    public enum Call: String, Hashable, Sendable, CaseIterable {
        case connect, execute, fetch, begin, commit, rollBack, savepoint, ping, reset, close

        /// Whether the contract lets the task's cancellation end the call.
        var isCancellable: Bool {
            switch self {
            case .connect, .execute, .fetch, .begin, .savepoint, .ping: true
            case .commit, .rollBack, .reset, .close: false
            }
        }
    }

    struct State: Sendable {
        var log: [String] = []
        var violations: [String] = []
        var failures: [Call: [DatabaseError]] = [:]
        var connections = 0
        var openConnections: Set<Int> = []
        var openTransactions: Set<Int> = []
        var lostConnections: Set<Int> = []
        var isUnsteady = false
        var executor: (any TaskExecutor)?
        var isStarting = false
        var leavesRuns = false
    }

    private static let databases = Guarded<[String: MockDatabase]>([:])

    private let name = UUID().uuidString
    private let gates: [Call: MockGate] = Dictionary(uniqueKeysWithValues: Call.allCases.map { ($0, MockGate()) })
    let state = Guarded(State())

    /// Makes a database that works.
    public init() {
        Self.databases.withLock { $0[name] = self }
    }

    /// The database that a URL names.
    static func named(_ name: String?) -> MockDatabase? {
        databases.withLock { databases in name.flatMap { databases[$0] } }
    }

    /// The URL under which an engine finds this database.
    public func url() throws(DatabaseError) -> DatabaseURL { try DatabaseURL(scheme: "mock", database: name) }

    /// What was called so far: the number of the connection, the call and its argument.
    public var log: [String] { state.withLock { $0.log } }

    /// Forgets what was called so far.
    public func clearLog() { state.withLock { $0.log = [] } }

    /// What must never happen and did, such as two calls at once on one connection.
    public var violations: [String] { state.withLock { $0.violations } }

    /// The number of open connections.
    public var openConnections: Int { state.withLock { $0.openConnections.count } }

    /// The number of connections that ever were opened.
    public var connectionsEverOpened: Int { state.withLock { $0.connections } }

    /// The number of open transactions.
    public var openTransactions: Int { state.withLock { $0.openTransactions.count } }

    /// Ends every session that is open, as a server's restart does; the sessions know.
    public func loseConnections() { state.withLock { $0.lostConnections = $0.openConnections } }

    /// Lets the next such calls fail, one for each error.
    public func fail(_ call: Call, with errors: DatabaseError...) {
        state.withLock { $0.failures[call, default: []] += errors }
    }

    /// Lets such calls hang until `release`; those that can be cancelled end when they are.
    public func hold(_ call: Call) { gates[call]?.hold() }

    /// Lets the held calls of a kind go on.
    public func release(_ call: Call) { gates[call]?.open() }

    /// The number of calls of a kind that hang.
    public func heldCalls(_ call: Call) -> Int { gates[call]?.heldCount ?? 0 }

    /// Makes every call give way to other tasks a random number of times.
    public func makeUnsteady() { state.withLock { $0.isUnsteady = true } }

    /// Lets connections that are opened from now on start statements for tasks that sleep.
    ///
    /// - Parameter leavesRuns: Whether they leave every such statement to its task.
    public func startStatements(leavesRuns: Bool = false) {
        state.withLock { state in
            state.isStarting = true
            state.leavesRuns = leavesRuns
        }
    }

    /// Gives connections a preferred executor.
    public func setExecutor(_ executor: any TaskExecutor) { state.withLock { $0.executor = executor } }
}

extension MockDatabase {
    /// Notes a call, waits where it is held, and throws the scripted error.
    func perform(_ call: Call, on connection: Int? = nil, _ argument: String = "") async throws(DatabaseError) {
        let isUnsteady = state.withLock { state in
            let parts = [connection.map(String.init), call.rawValue, argument.isEmpty ? nil : argument]
            state.log.append(parts.compactMap { $0 }.joined(separator: " "))
            return state.isUnsteady
        }
        if isUnsteady {
            for _ in 0..<Int.random(in: 0...3) { await Task.yield() }
        }
        guard await gates[call]?.pass(isCancellable: call.isCancellable) ?? true else {
            throw DatabaseError(.cancelled, "The mock's \(call) was cancelled.")
        }
        let failure: DatabaseError? = state.withLock { state in
            guard var failures = state.failures[call], !failures.isEmpty else { return nil }
            defer { state.failures[call] = failures }
            return failures.removeFirst()
        }
        if let failure { throw failure }
    }
}
