import DialectCore
import DialectEngine
import FoundationEssentials

/// Runs one benchmark of a server and prints a line of JSON: its operations and its seconds.
///
/// One benchmark for each process, so that none finds connections, caches or threads of another.
struct ServerBench {
    let name: String

    /// Runs a benchmark such as `postgresql/leased`, `postgresql/leased+reactor` or `mariadb/c`.
    func run() async throws {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let server = ServerAddress.Server(rawValue: parts[0]) else {
            throw Failure.unknown(name)
        }
        let environment = ProcessInfo.processInfo.environment
        let variable = "BENCH_\(server.rawValue.uppercased())_URL"
        guard let url = environment[variable] else { throw Failure.noServer(variable) }
        let duration = Duration.seconds(environment["BENCH_SECONDS"].flatMap(Double.init) ?? 2)
        let tally = try await run(parts[1], at: ServerAddress(server: server, url: url), for: duration)
        print("{\"operations\": \(tally.operations), \"seconds\": \(tally.elapsed / .seconds(1))}")
    }

    private func run(_ work: String, at address: ServerAddress, for duration: Duration) async throws -> Tally {
        if let peer = ServerPeer(rawValue: work) { return try peer.run(address, for: duration) }
        let suffix = "+reactor"
        let isOnReactor = work.hasSuffix(suffix)
        guard let work = ServerWork(rawValue: isOnReactor ? String(work.dropLast(suffix.count)) : work) else {
            throw Failure.unknown(name)
        }
        let limits = PoolConfiguration(maximumSize: ServerSelects.sessions, maximumOverflow: 0)
        return try await Engine.withEngine(
            url: DatabaseURL(address.url),
            registry: .linked(),
            configuration: EngineConfiguration(pool: limits)
        ) { engine in
            let selects = ServerSelects(engine: engine, isOnReactor: isOnReactor)
            // Opens the connections and prepares the statements; not counted.
            _ = try await selects.run(work, for: duration / 10)
            return try await selects.run(work, for: duration)
        }
    }
}
