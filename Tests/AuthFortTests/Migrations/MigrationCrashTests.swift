import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import TestSupport
import Testing

@testable import AuthFort

/// Migrators that are killed at any of their calls, and what the next one makes of what they left.
@Suite struct MigrationCrashTests {
    @Test(arguments: DatabaseKind.available, [false, true])
    func afterAKillTheNextMigratorCompletesTheSchema(_ kind: DatabaseKind, isFilled: Bool) async throws {
        let (catalog, calls) = try await kind.withDatabase { database in
            _ = try await prepare(database, isFilled: isFilled)
            let calls = try await MigrationWorkerRun(database.url).calls()
            return (try await database.catalog(), calls)
        }
        #expect(calls > 20)
        let command = try BuiltProduct("authfort")
        try await forEach(CrashPoint.points(in: calls)) { point in
            try await kind.withDatabase { database in
                let rows = try await prepare(database, isFilled: isFilled)
                try await kill(.init(database.url, fault: (point.moment, point.call, SIGKILL)))
                let rerun = try await command.run(["migrate", "--database-url", database.url])
                #expect(rerun.exitCode == 0, "\(point): \(rerun.errorOutput)")
                #expect(try await database.catalog() == catalog, "\(point)")
                let after = isFilled ? try await readRows(database) : []
                #expect(after == rows, "\(point)")
            }
        }
    }

    /// Steps that change rows between their schema changes: every change is made once.
    @Test(arguments: DatabaseKind.available)
    func afterAKillNoRowIsChangedTwice(_ kind: DatabaseKind) async throws {
        for (start, target) in [(nil, "head"), ("head", "-base")] {
            let (expected, calls) = try await kind.withDatabase { database in
                if let start { _ = try await MigrationWorkerRun(database.url, chain: "shop", to: start).run() }
                let calls = try await MigrationWorkerRun(database.url, chain: "shop", to: target).calls()
                return (try await shop(database), calls)
            }
            try await forEach(CrashPoint.points(in: calls)) { point in
                try await kind.withDatabase { database in
                    if let start { _ = try await MigrationWorkerRun(database.url, chain: "shop", to: start).run() }
                    let fault = (point.moment, point.call, SIGKILL)
                    try await kill(.init(database.url, chain: "shop", to: target, fault: fault))
                    let rerun = try await MigrationWorkerRun(database.url, chain: "shop", to: target).run()
                    #expect(rerun.exitCode == 0, "\(point): \(rerun.output)")
                    #expect(try await shop(database) == expected, "\(point) to \(target)")
                }
            }
        }
    }

    /// The proof that the tests above can fail: the same migrator without journal and catalog is stuck.
    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB)))
    func withoutAJournalAKilledMigratorIsStuck() async throws {
        let calls = try await DatabaseKind.mariaDB.withDatabase { database in
            try await MigrationWorkerRun(database.url, isForgetful: true).calls()
        }
        var stuck = 0
        // From the first table to the last column.
        for call in stride(from: 12, to: calls - 12, by: calls / 4) {
            try await DatabaseKind.mariaDB.withDatabase { database in
                try await kill(.init(database.url, fault: (.after, call, SIGKILL), isForgetful: true))
                let rerun = try await MigrationWorkerRun(database.url, isForgetful: true).run()
                if rerun.exitCode != 0 { stuck += 1 }
                // And the whole migrator completes what this one left.
                let outcome = try await MigrationWorkerRun(database.url).run()
                #expect(outcome.exitCode == 0, "after call \(call): \(outcome.output)")
            }
        }
        #expect(stuck > 0)
    }

    /// Makes the tables of revision 001 with rows, where the test wants them, and returns the rows.
    private func prepare(_ database: TestDatabase, isFilled: Bool) async throws -> [String] {
        guard isFilled else { return [] }
        return try await Engine.withEngine(url: database.url) { engine in
            try await engine.withConnection { connection in
                _ = try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection)
                    .upgrade(to: .revision("001"))
            }
            try await SampleRows.insert(with: engine)
            return try await SampleRows.read(with: engine)
        }
    }

    private func readRows(_ database: TestDatabase) async throws -> [String] {
        try await Engine.withEngine(url: database.url) { engine in try await SampleRows.read(with: engine) }
    }

    /// The catalog and the rows of the shop's tables.
    private func shop(_ database: TestDatabase) async throws -> [String] {
        let rows = try await Engine.withEngine(url: database.url) { engine in
            do {
                return try await engine.execute("SELECT * FROM items ORDER BY id").rows.map { row in
                    try row.columns.indices.map { "\(try row.cell(at: $0).value)" }.joined(separator: " ")
                }
            } catch let error as DatabaseError where error.code == .undefinedObject {
                return []
            }
        }
        return try await database.catalog() + rows
    }

    private func kill(_ run: MigrationWorkerRun) async throws {
        let outcome = try await run.run()
        #expect(outcome.exitCode == nil, "the worker was not killed: \(outcome.output)")
    }

    /// Runs `body` for each point, a few at a time.
    private func forEach(
        _ points: [CrashPoint],
        _ body: @Sendable @escaping (CrashPoint) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, point) in points.enumerated() {
                if index >= 3 { try await group.next() }
                group.addTask { try await body(point) }
            }
            try await group.waitForAll()
        }
    }
}
