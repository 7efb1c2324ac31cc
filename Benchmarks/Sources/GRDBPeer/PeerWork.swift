import GRDB
import Measuring

/// The work of the SQLite benchmarks as a user of GRDB writes it: a `DatabasePool` of 16 readers and one writer.
struct PeerWork: Sendable {
    private static let bulkRows = 100_000

    let pool: DatabasePool

    init(path: String) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 16
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        pool = try DatabasePool(path: path, configuration: configuration)
    }

    func version() async throws -> String {
        try await pool.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" }
    }

    /// The load that a name asks for.
    func load(_ name: String) throws -> (ClosedLoop, ClosedLoop.Operation) {
        let parts = name.split(separator: "@")
        let tasks = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
        let loop = ClosedLoop(tasks: tasks)
        return switch parts.first {
        case "sqlite/grdb-select": (loop, select)
        case "sqlite/grdb-select-together": (loop, selectTogether)
        case "sqlite/grdb-transaction": (loop, transact)
        case "sqlite/grdb-rows": (loop, fetchRows)
        case "sqlite/grdb-bulk": (ClosedLoop(tasks: 1, preparation: emptyBulk), insertRows)
        default: throw Failure(description: "There is no benchmark \(name).")
        }
    }

    private func select(_ keys: inout Keys) async throws -> Int {
        let key = keys.next()
        try await pool.read { try Person.check(key, in: $0) }
        return 1
    }

    private func selectTogether(_ keys: inout Keys) async throws -> Int {
        let drawn = (0..<100).map { _ in keys.next() }
        try await pool.read { database in
            for key in drawn { try Person.check(key, in: database) }
        }
        return drawn.count
    }

    private func transact(_ keys: inout Keys) async throws -> Int {
        let account = keys.next()
        try await pool.write { database in
            let insert = try database.cachedStatement(sql: "INSERT INTO entries (account, amount) VALUES (?, ?)")
            try insert.execute(arguments: [account, 1])
            let update = try database.cachedStatement(sql: "UPDATE accounts SET balance = balance + ? WHERE id = ?")
            try update.execute(arguments: [1, account])
            guard database.changesCount == 1 else { throw Failure(description: "No account was updated.") }
        }
        return 1
    }

    private func fetchRows(_ keys: inout Keys) async throws -> Int {
        let people = try await pool.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT id, name, score, visits FROM people WHERE id <= ?"
            )
            return try ShortPerson.fetchAll(statement, arguments: [Keys.greatest])
        }
        guard people.count == Keys.greatest, people.allSatisfy({ Int($0.visits) == 3 * $0.id }) else {
            throw Failure(description: "The rows are not those that were asked for.")
        }
        return people.count
    }

    private func emptyBulk() async throws {
        try await pool.write { try $0.execute(sql: "DELETE FROM bulk") }
    }

    private func insertRows(_ keys: inout Keys) async throws -> Int {
        try await pool.write { database in
            let statement = try database.makeStatement(
                sql: "INSERT INTO bulk (id, name, score, visits) VALUES (?, ?, ?, ?)"
            )
            for id in 1...Self.bulkRows {
                try statement.execute(arguments: [id, "person number \(id)", Double(id) / 8, 3 * id])
            }
        }
        return Self.bulkRows
    }
}

/// A row of `people`.
private struct Person: FetchableRecord {
    let id: Int
    let name: String
    let email: String
    let score: Double
    let active: Bool
    let visits: Int32

    init(row: Row) {
        id = row[0]
        name = row[1]
        email = row[2]
        score = row[3]
        active = row[4]
        visits = row[5]
    }

    static func check(_ key: Int, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "SELECT id, name, email, score, active, visits FROM people WHERE id = ?"
        )
        guard let person = try Person.fetchOne(statement, arguments: [key]), person.id == key,
            Int(person.visits) == 3 * key, !person.name.isEmpty, !person.email.isEmpty,
            person.score == Double(key) / 8, person.active == key.isMultiple(of: 2)
        else { throw Failure(description: "There is no row, or another one, for the key \(key).") }
    }
}

/// Four columns of a row of `people`.
private struct ShortPerson: FetchableRecord {
    let id: Int
    let name: String
    let score: Double
    let visits: Int32

    init(row: Row) {
        id = row[0]
        name = row[1]
        score = row[2]
        visits = row[3]
    }
}
