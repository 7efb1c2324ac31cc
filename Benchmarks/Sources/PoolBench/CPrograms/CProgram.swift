import CPeers
import DialectCore
import FoundationEssentials
import Histogram
import Measuring

/// The plain C programs: what the drivers and the databases need.
enum CProgram: String, CaseIterable, Sendable {
    /// One select at a time on each session.
    case select = "c-select"
    /// Few sessions in pipeline mode, a Sync and a packet for each statement.
    case pipelineEach = "c-pipeline-each"
    /// Few sessions in pipeline mode, what is ready at once sent together.
    case pipelineBatched = "c-pipeline-batched"
    /// The transaction of `transaction`.
    case transaction = "c-transaction"
    /// 10,000 rows of four columns on one session that blocks.
    case rows = "c-rows"
    /// 100,000 rows inserted.
    case bulk = "c-bulk"
    /// 64 sessions, weighed.
    case memoryOfIdle = "c-memory-idle"

    /// Does the work for about that long, on the thread of the caller, which it blocks.
    func run(_ name: BenchmarkName, for duration: Duration) throws -> ResultLine {
        let seconds = duration / .seconds(1)
        if self == .memoryOfIdle { return try weigh(name) }
        let tally = UnsafeMutablePointer<cpeers_tally>.allocate(capacity: 1)
        tally.initialize(to: cpeers_tally())
        defer { tally.deallocate() }
        guard name.tasks <= Int(cpeers_most_tasks) else { throw Failure.notForDatabase(name.text) }
        let shape = cpeers_shape(
            sessions: Int32(min(EngineBench.connections, name.tasks)),
            tasks: Int32(name.tasks),
            seconds: seconds
        )
        let code =
            switch name.database {
            case .postgresql: try runOnPostgreSQL(name, shape, tally)
            case .mariadb: try runOnMariaDB(name, shape, tally)
            case .sqlite: try runOnSQLite(name, seconds, tally)
            case .mock: throw Failure.notForDatabase(name.text)
            }
        guard code == 0 else { throw Failure.program(name.text) }
        return ResultLine(name: name.text, Measurement(tally, tasks: name.tasks))
    }

    private func runOnPostgreSQL(
        _ name: BenchmarkName,
        _ shape: cpeers_shape,
        _ tally: UnsafeMutablePointer<cpeers_tally>
    ) throws -> Int32 {
        let url = try postgreSQLAddress(name)
        var few = shape
        few.sessions = min(4, shape.sessions)
        return switch self {
        case .select: cpeers_postgresql_select(url, shape, tally)
        case .pipelineEach: cpeers_postgresql_pipeline(url, few, 0, tally)
        case .pipelineBatched: cpeers_postgresql_pipeline(url, few, 1, tally)
        case .transaction: cpeers_postgresql_transaction(url, shape, tally)
        case .rows: cpeers_postgresql_rows(url, shape.seconds, tally)
        case .bulk: cpeers_postgresql_bulk(url, shape.seconds, tally)
        case .memoryOfIdle: throw Failure.unknown(name.text)
        }
    }

    private func runOnMariaDB(
        _ name: BenchmarkName,
        _ shape: cpeers_shape,
        _ tally: UnsafeMutablePointer<cpeers_tally>
    ) throws -> Int32 {
        try CAddress(url: name.url()).withCAddress { address in
            switch self {
            case .select: cpeers_mariadb_select(address, shape, tally)
            case .transaction: cpeers_mariadb_transaction(address, shape, tally)
            case .rows: cpeers_mariadb_rows(address, shape.seconds, tally)
            case .bulk: cpeers_mariadb_bulk(address, shape.seconds, tally)
            case .pipelineEach, .pipelineBatched, .memoryOfIdle: throw Failure.notForDatabase(name.text)
            }
        }
    }

    private func runOnSQLite(
        _ name: BenchmarkName,
        _ seconds: Double,
        _ tally: UnsafeMutablePointer<cpeers_tally>
    ) throws -> Int32 {
        guard let path = try name.url().database, name.tasks == 1 else { throw Failure.notForDatabase(name.text) }
        return switch self {
        case .select: cpeers_sqlite_select(path, seconds, tally)
        case .transaction: cpeers_sqlite_transaction(path, seconds, tally)
        case .rows: cpeers_sqlite_rows(path, seconds, tally)
        case .bulk: cpeers_sqlite_bulk(path, seconds, tally)
        case .pipelineEach, .pipelineBatched, .memoryOfIdle: throw Failure.notForDatabase(name.text)
        }
    }

    private func weigh(_ name: BenchmarkName) throws -> ResultLine {
        guard name.database == .postgresql else { throw Failure.notForDatabase(name.text) }
        let url = try postgreSQLAddress(name)
        guard cpeers_postgresql_sessions(url, 1) == 0 else { throw Failure.program(name.text) }
        let before = Weight.now
        let count = MemoryOfConnections.count - 1
        guard cpeers_postgresql_sessions(url, Int32(count)) == 0 else { throw Failure.program(name.text) }
        return ResultLine(name: name.text, figures: Weight.now.since(before, of: count).figures)
    }

    /// The URL as it stands: libpq reads it as well.
    private func postgreSQLAddress(_ name: BenchmarkName) throws -> String {
        _ = try name.url()
        return ProcessInfo.processInfo.environment["BENCH_POSTGRESQL_URL"] ?? ""
    }
}

extension Measurement {
    /// What a C program has counted.
    init(_ tally: UnsafeMutablePointer<cpeers_tally>, tasks: Int) {
        var latencies = Measurement.emptyLatencies()
        for index in 0..<Int32(cpeers_latency_classes) {
            let count = cpeers_latency_count(tally, index)
            if count > 0 { latencies.record(UInt64(cpeers_latency(index)), count: UInt64(count)) }
        }
        self.init(
            operations: Int(tally.pointee.operations),
            seconds: tally.pointee.seconds,
            cpuSeconds: tally.pointee.cpu_seconds,
            operationsOfTasks: (0..<Int32(tasks)).map { Int(cpeers_operations_of_task(tally, $0)) },
            latencies: latencies
        )
    }
}
