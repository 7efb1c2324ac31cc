import DialectCore
import FoundationEssentials

/// The name of a benchmark in its parts: `DATABASE/WORK[+reactor][@TASKS]`.
struct BenchmarkName: Sendable {
    /// What the work is done on.
    enum Database: String, CaseIterable, Sendable {
        case postgresql
        case mariadb
        case sqlite
        /// The pool without a database.
        case mock
    }

    let text: String
    let database: Database
    let work: String
    /// Whether the tasks prefer the executor of the connections.
    let isOnReactor: Bool
    let tasks: Int

    /// Reads a name.
    init(_ text: String) throws {
        self.text = text
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let database = Database(rawValue: String(parts[0])) else {
            throw Failure.unknown(text)
        }
        self.database = database
        let workAndTasks = parts[1].split(separator: "@", maxSplits: 1)
        let work = workAndTasks[0].split(separator: "+", maxSplits: 1)
        self.work = String(work[0])
        isOnReactor = work.count == 2
        guard work.count == 1 || work[1] == "reactor" else { throw Failure.unknown(text) }
        guard workAndTasks.count == 2 else {
            tasks = 1
            return
        }
        guard let tasks = Int(workAndTasks[1]), tasks > 0 else { throw Failure.unknown(text) }
        self.tasks = tasks
    }

    /// The URL of the database, which servers.sh puts into the environment.
    func url() throws -> DatabaseURL {
        let variable = "BENCH_\(database.rawValue.uppercased())_URL"
        // The mock needs nobody to make it.
        let fallback = database == .mock ? "mock://local/?hold=1" : nil
        guard let url = ProcessInfo.processInfo.environment[variable] ?? fallback else {
            throw Failure.noDatabase(variable)
        }
        return try DatabaseURL(url)
    }
}
