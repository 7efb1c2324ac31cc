import DialectCore
import DialectEngine
import DialectMySQL
import DialectPostgreSQL
import DialectSQLite
import Measuring
import MockDatabase

/// Runs one benchmark of the engine.
struct EngineBench: Sendable {
    /// How many connections the pool has.
    static let connections = 16

    let name: BenchmarkName
    let work: EngineWork
    let duration: Duration
    /// How many calls each task makes; nil where the duration decides.
    let callsOfTask: Int?

    func run() async throws -> ResultLine {
        var pool = PoolConfiguration(maximumSize: Self.connections, maximumOverflow: 0)
        // A crowd may take longer than a program wants to wait.
        pool.checkoutTimeout = .seconds(120)
        if work == .memoryOfIdle { pool.maximumSize = MemoryOfConnections.count }
        let registry = try DialectRegistry([
            PostgreSQLDialect.self, MySQLDialect.self, SQLiteDialect.self, MockDialect.self,
        ])
        return try await Engine.withEngine(
            url: name.url(),
            registry: registry,
            configuration: EngineConfiguration(pool: pool)
        ) { engine in
            var line = try await measured(engine)
            if let server = try await serverVersion(engine) { line.versions["server"] = server }
            return line
        }
    }

    private func measured(_ engine: Engine) async throws -> ResultLine {
        switch work {
        case .memoryOfWaiting: return try await MemoryOfWaiting(name: name, engine: engine).weigh()
        case .memoryOfIdle: return try await MemoryOfConnections(name: name, engine: engine).weigh()
        case .checkout, .crowdedCheckout: if name.database == .mock { try await ServiceOrder.check() }
        default: break
        }
        let (loop, operation) = try await load(engine)
        return ResultLine(name: name.text, try await loop.run(name.text, for: duration, operation))
    }

    /// The load that the name asks for.
    private func load(_ engine: Engine) async throws -> (ClosedLoop, ClosedLoop.Operation) {
        let executor = name.isOnReactor ? engine.preferredExecutor : nil
        var loop = ClosedLoop(tasks: name.tasks, executor: executor)
        loop.callsOfTask = callsOfTask
        let people = People(database: name.database)
        switch work {
        case .select: return (loop, people.selects(engine))
        case .selectByExecute: return (loop, people.selectsByExecute(engine))
        case .selectByRead: return (loop, people.selectsByRead(engine))
        case .selectTogether: return (loop, people.selectsTogether(engine))
        case .rows: return (loop, people.fetches(engine))
        case .transaction: return (loop, Transactions.operation(engine))
        case .checkout: return (loop, Checkouts.operation(engine))
        case .crowdedCheckout: return (loop, Checkouts.crowded(engine))
        case .hold: return (loop, Checkouts.holding(engine))
        case .bulk, .bulkWriter:
            let insertion = BulkInsertion(database: name.database, engine: engine)
            guard name.tasks == 1 else { throw Failure.notForDatabase(name.text) }
            return (
                ClosedLoop(tasks: 1, executor: executor, preparation: insertion.emptying()),
                work == .bulk ? insertion.byRows() : insertion.byWriter()
            )
        case .memoryOfWaiting, .memoryOfIdle: throw Failure.unknown(name.text)
        }
    }

    private func serverVersion(_ engine: Engine) async throws -> String? {
        switch name.database {
        case .sqlite, .mock: return nil
        case .postgresql: return try await engine.execute("SHOW server_version").rows.first?.decode(String.self)
        case .mariadb: return try await engine.execute("SELECT version()").rows.first?.decode(String.self)
        }
    }
}
