import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import TestSupport
import Testing

/// Databases that a migrator of the Python library left in the middle.
@Suite(.enabled(if: PythonInterpreter.isAvailable)) struct PythonLeftoverTests {
    @Test(arguments: DatabaseKind.available)
    func whateverPythonLeftIsCompleted(_ kind: DatabaseKind) async throws {
        let (catalog, count) = try await kind.withDatabase { database in
            let counts = try await InterruptedPython.migrate([(database.pythonURL, 1000)])
            return (try await database.catalog(), try #require(counts.first ?? nil))
        }
        // What is in a transaction cannot be told apart in between: on PostgreSQL everything, on SQLite all from the first
        // row on, before which there are 25 statements.
        let positions =
            switch kind {
            case .postgreSQL: [1, 2, count / 2, count]
            case .sqlite: Array(1...26) + [count]
            case .mariaDB: Array(1...count)
            }
        try await complete(positions, on: kind, as: catalog)
    }

    /// SQLAlchemy 2.0 makes `CHAR(32)` columns where the server has a type for UUIDs; whatever is added has to be like them.
    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB) && PythonAccounts.hasSQLAlchemy20))
    func whatItLeftWithTextIdentitiesIsCompletedWithSuch() async throws {
        let (catalog, count) = try await DatabaseKind.mariaDB.withDatabase { database in
            let counts = try await InterruptedPython.migrate([(database.pythonURL, 1000)], usesSQLAlchemy20: true)
            return (try await database.catalog(), try #require(counts.first ?? nil))
        }
        #expect(catalog.contains { $0.hasPrefix("column authfort_password_history 2 user_id char(32)") })
        // Before statement 4 there is no such column yet.
        let positions = Array(stride(from: 4, through: count, by: 3))
        try await complete(positions, on: .mariaDB, as: catalog, usesSQLAlchemy20: true)
    }

    /// Lets Python stop before each of these statements, and completes what it leaves.
    private func complete(
        _ positions: [Int],
        on kind: DatabaseKind,
        as catalog: [String],
        usesSQLAlchemy20: Bool = false
    ) async throws {
        for batch in stride(from: 0, to: positions.count, by: 10).map({ positions[$0..<min($0 + 10, positions.count)] })
        {
            try await kind.withDatabases(batch.count) { databases in
                let stops = zip(databases, batch).map { (url: $0.pythonURL, statement: $1) }
                let answers = try await InterruptedPython.migrate(stops, usesSQLAlchemy20: usesSQLAlchemy20)
                #expect(answers == Array(repeating: nil, count: batch.count))
                for (database, position) in zip(databases, batch) {
                    try await AuthFort.withAuthFort(databaseURL: database.url) { auth in
                        let report = try await auth.migrate()
                        #expect(report.after == ["006"], "before statement \(position)")
                    }
                    #expect(try await database.catalog() == catalog, "before statement \(position)")
                }
            }
        }
    }

    @Test(arguments: DatabaseKind.available.filter { $0 != .postgreSQL })
    func whatDiffersFromTheStepIsRefusedAndLeftAlone(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            // Behind the first two tables.
            #expect(try await InterruptedPython.migrate([(database.pythonURL, 5)]) == [nil])
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in
                try await change(database, "ALTER TABLE authfort_users ADD COLUMN shoe_size INTEGER")
                let before = try await database.catalog()
                let error = await #expect(throws: DatabaseError.self) { try await auth.migrate() }
                #expect(error?.code == .invalidMigration)
                #expect(error?.message.contains("the table authfort_users has the columns (id, email,") == true)
                #expect(error?.message.contains("stamp '001'") == true, "\(error as Any)")
                #expect(try await database.catalog() == before)

                try await change(database, "ALTER TABLE authfort_users DROP COLUMN shoe_size")
                #expect(try await auth.migrate().after == ["006"])
            }
        }
    }

    private func change(_ database: TestDatabase, _ statement: Statement) async throws {
        try await Engine.withEngine(url: database.url) { engine in _ = try await engine.execute(statement) }
    }
}
