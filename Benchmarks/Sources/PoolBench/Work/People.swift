import DialectCore
import DialectEngine
import Measuring

/// Reads the table `people`.
///
/// SQLite has no type for a point in time: its table has a number instead, so that nobody measures how a text is read.
struct People: Sendable {
    /// How many selects there are in one checkout.
    static let together = 100

    let database: BenchmarkName.Database

    /// Each select in a checkout of its own.
    func selects(_ engine: Engine) -> ClosedLoop.Operation {
        { keys in
            let key = keys.next()
            try await engine.withConnection { try check(await $0.execute(person(key)), key) }
            return 1
        }
    }

    /// Each select by `engine.execute`.
    func selectsByExecute(_ engine: Engine) -> ClosedLoop.Operation {
        { keys in
            let key = keys.next()
            try check(await engine.execute(person(key)), key)
            return 1
        }
    }

    /// Each select by `engine.read`.
    func selectsByRead(_ engine: Engine) -> ClosedLoop.Operation {
        { keys in
            let key = keys.next()
            try check(await engine.read(person(key)), key)
            return 1
        }
    }

    /// Many selects in one checkout, one after another.
    func selectsTogether(_ engine: Engine) -> ClosedLoop.Operation {
        { keys in
            let drawn = (0..<Self.together).map { _ in keys.next() }
            try await engine.withConnection { connection in
                for key in drawn { try check(await connection.execute(person(key)), key) }
            }
            return Self.together
        }
    }

    /// 10,000 rows at once, all decoded.
    func fetches(_ engine: Engine) -> ClosedLoop.Operation {
        { _ in
            try await engine.withConnection { try checkAll(await $0.execute(firstRows)) }
            return Keys.greatest
        }
    }

    /// One select of the first row.
    func selectOne(_ connection: PooledConnection) async throws { try check(await connection.execute(person(1)), 1) }

    /// Made anew for each select, because that is what an application does.
    private func person(_ key: Int) -> Statement {
        database == .sqlite
            ? "SELECT id, name, email, score, active, visits FROM people WHERE id = \(key)"
            : "SELECT id, name, email, created, active, visits FROM people WHERE id = \(key)"
    }

    private var firstRows: Statement {
        database == .sqlite
            ? "SELECT id, name, score, visits FROM people WHERE id <= \(Keys.greatest)"
            : "SELECT id, name, created, visits FROM people WHERE id <= \(Keys.greatest)"
    }

    private func check(_ result: StatementResult, _ key: Int) throws {
        guard let row = result.rows.first else { throw Failure.wrong("no row for the key \(key)") }
        let isRight = database == .sqlite ? try isScored(row, key) : try isDated(row, key)
        guard isRight else { throw Failure.wrong("the row for the key \(key)") }
    }

    private func isScored(_ row: Row, _ key: Int) throws -> Bool {
        let (id, name, email, score, isActive, visits) = try row.decode(
            Int.self,
            String.self,
            String.self,
            Double.self,
            Bool.self,
            Int32.self
        )
        return id == key && !name.isEmpty && !email.isEmpty && score == Double(key) / 8
            && isActive == key.isMultiple(of: 2) && Int(visits) == 3 * key
    }

    private func isDated(_ row: Row, _ key: Int) throws -> Bool {
        let (id, name, email, created, isActive, visits) = try row.decode(
            Int.self,
            String.self,
            String.self,
            Timestamp.self,
            Bool.self,
            Int32.self
        )
        return id == key && !name.isEmpty && !email.isEmpty && created.microsecondsSinceEpoch > 0
            && isActive == key.isMultiple(of: 2) && Int(visits) == 3 * key
    }

    private func checkAll(_ result: StatementResult) throws {
        guard result.rows.count == Keys.greatest else { throw Failure.wrong("\(result.rows.count) rows") }
        let areScored = database == .sqlite
        for row in result.rows {
            if areScored {
                let (id, name, score, visits) = try row.decode(Int.self, String.self, Double.self, Int32.self)
                guard Int(visits) == 3 * id, !name.isEmpty, score > 0 else { throw Failure.wrong("the row \(id)") }
            } else {
                let (id, name, created, visits) = try row.decode(Int.self, String.self, Timestamp.self, Int32.self)
                guard Int(visits) == 3 * id, !name.isEmpty, created.microsecondsSinceEpoch > 0 else {
                    throw Failure.wrong("the row \(id)")
                }
            }
        }
    }
}
