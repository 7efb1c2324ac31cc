import DialectCore
import DialectEngine
import DialectSQLite
import FoundationEssentials

/// A SQLite file with a table of people, in a folder of its own.
struct PeopleFile: Sendable {
    static let poolSize = 16
    static let people = 1000
    /// The person whom every select looks for.
    static let wanted = 500

    let folder: URL
    var path: String { folder.appending(path: "people.db").path }

    /// Makes the file, gives it and an engine for it to `body`, and removes it.
    static func withFile(_ body: (PeopleFile, Engine) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pool-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = PeopleFile(folder: folder)
        try await Engine.withEngine(
            url: DatabaseURL("sqlite:///\(file.path)"),
            registry: DialectRegistry([SQLiteDialect.self]),
            configuration: EngineConfiguration(pool: PoolConfiguration(maximumSize: poolSize, maximumOverflow: 0))
        ) { engine in
            try await fill(engine)
            try await body(file, engine)
        }
    }

    private static func fill(_ engine: Engine) async throws {
        try await engine.withTransaction { connection in
            try await connection.execute(
                """
                CREATE TABLE people (
                    id INTEGER PRIMARY KEY, name TEXT NOT NULL, score REAL NOT NULL, visits INTEGER NOT NULL
                )
                """
            )
            for id in 1...people {
                try await connection.execute(
                    "INSERT INTO people VALUES (\(id), \("person number \(id)"), \(Double(id) / 8), \(id * 3))"
                )
            }
        }
    }
}
