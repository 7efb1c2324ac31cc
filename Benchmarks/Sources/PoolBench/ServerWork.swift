import CPeers
import DialectCore
import DialectEngine

/// What a benchmark of a server does again and again.
enum ServerWork: String, CaseIterable {
    /// Checks a connection out and in again.
    case checkout
    /// Checks a connection out for each select.
    case leased
    /// Runs each select by `engine.execute`.
    case execute
    /// Runs each select by `engine.read`, which may share sessions.
    case read
    /// Fetches 10,000 rows of four columns in one connection, one fetch after another.
    case rows
}

/// Selects from the table `people` of a server by key, all six columns decoded.
struct ServerSelects {
    static let sessions = 16
    static let tasks = 64

    let engine: Engine
    /// Whether the tasks prefer the executor of the connections.
    let isOnReactor: Bool

    /// Does the work for about that long and counts selects, or rows.
    func run(_ work: ServerWork, for duration: Duration) async throws -> Tally {
        let engine = engine
        return switch work {
        case .checkout: try await counting(for: duration) { _ in try await engine.withConnection { _ in } }
        case .leased:
            try await counting(for: duration) { key in
                try await engine.withConnection { try Self.check(await $0.execute(Self.person(key)), key) }
            }
        case .execute: try await counting(for: duration) { try Self.check(await engine.execute(Self.person($0)), $0) }
        case .read: try await counting(for: duration) { try Self.check(await engine.read(Self.person($0)), $0) }
        case .rows: try await fetchRows(for: duration)
        }
    }

    /// Made anew for each select, because that is what an application does.
    private static func person(_ key: Int) -> Statement {
        "SELECT id, name, email, created, active, visits FROM people WHERE id = \(key)"
    }

    private static func check(_ result: StatementResult, _ key: Int) throws {
        guard let row = result.rows.first else { throw Failure.wrongRow }
        let (id, name, email, created, isActive, visits) = try row.decode(
            Int.self,
            String.self,
            String.self,
            Timestamp.self,
            Bool.self,
            Int32.self
        )
        guard id == key, !name.isEmpty, !email.isEmpty, created.microsecondsSinceEpoch > 0,
            isActive == key.isMultiple(of: 2), Int(visits) == 3 * key
        else { throw Failure.wrongRow }
    }

    private func counting(
        for duration: Duration,
        _ select: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Tally {
        // The task executor of one connection: a program has few reactors, and here they are one or two.
        let executor = isOnReactor ? try await engine.withConnection { $0.preferredExecutor } : nil
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = start + duration
        let operations = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 1...Self.tasks {
                group.addTask(executorPreference: executor) {
                    var keys = Keys(seed: UInt64(task))
                    var done = 0
                    while clock.now < deadline {
                        try await select(keys.next())
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Tally(operations: operations, elapsed: clock.now - start)
    }

    private func fetchRows(for duration: Duration) async throws -> Tally {
        let clock = ContinuousClock()
        let limit = Int(cpeers_people)
        return try await engine.withConnection { connection in
            let start = clock.now
            var rows = 0
            repeat {
                let result = try await connection.execute(
                    "SELECT id, name, created, visits FROM people WHERE id <= \(limit)"
                )
                for row in result.rows {
                    let (id, name, created, visits) = try row.decode(
                        Int.self,
                        String.self,
                        Timestamp.self,
                        Int32.self
                    )
                    guard Int(visits) == 3 * id, !name.isEmpty, created.microsecondsSinceEpoch > 0 else {
                        throw Failure.wrongRow
                    }
                }
                guard result.rows.count == limit else { throw Failure.wrongRow }
                rows += limit
            } while clock.now - start < duration
            return Tally(operations: rows, elapsed: clock.now - start)
        }
    }
}

/// Draws keys as the peers do, by Marsaglia's xorshift.
private struct Keys {
    private var state: UInt64

    init(seed: UInt64) { state = 0x9E37_79B9_7F4A_7C15 &* seed }

    mutating func next() -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return 1 + Int(state % UInt64(cpeers_people))
    }
}
