import AuthFort
import DialectCore
import DialectMigrations
import Foundation
import TestSupport
import Testing

/// Many migrators at once, in processes of their own.
@Suite(.enabled(if: PythonInterpreter.isAvailable)) struct MigrationRaceTests {
    /// `MIGRATION_ROUNDS` in the environment asks for more.
    private static let rounds = ProcessInfo.processInfo.environment["MIGRATION_ROUNDS"].flatMap { Int($0) } ?? 1

    @Test(arguments: DatabaseKind.available)
    func manyProcessesMigratingAtOnceAllSucceed(_ kind: DatabaseKind) async throws {
        let product = try BuiltProduct("authfort")
        for _ in 0..<Self.rounds {
            try await kind.withDatabase { database in
                let outcomes = try await migrate(product, database, processes: 20)
                #expect(outcomes.map(\.errorOutput).filter { $0.contains("rror") } == [])
                #expect(outcomes.count { $0.succeeded } == 20)
                for revision in ["001", "002", "003", "004", "005", "006"] {
                    #expect(outcomes.count { $0.output.contains("Applied \(revision)") } == 1, "revision \(revision)")
                }
            }
        }
    }

    /// The Python library takes no lock, so its migrators may fail; ours may not.
    @Test(arguments: DatabaseKind.available)
    func besidesPythonsMigratorsOursSucceed(_ kind: DatabaseKind) async throws {
        let product = try BuiltProduct("authfort")
        var configuration = AuthFortConfiguration()
        configuration.passwords.breachCheck = .off
        for round in 0..<Self.rounds {
            try await kind.withDatabase { database in
                let (outcomes, codes) = try await TemporaryDirectory.with { directory in
                    let marker = directory.file("python")
                    async let codes = racePython(database, processes: 5, marker: marker)
                    // The imports take Python most of a second.
                    #expect(await eventually { FileManager.default.fileExists(atPath: marker) })
                    let outcomes = try await migrate(product, database, processes: 5, spreadOver: .milliseconds(500))
                    return (outcomes, try await codes)
                }
                #expect(outcomes.map(\.errorOutput).filter { $0.contains("rror") } == [], "round \(round)")
                #expect(outcomes.count { $0.succeeded } == 5, "round \(round)")
                #expect(codes.count == 5)

                // Whoever comes later finds a database that both can use.
                try await AuthFort.withAuthFort(databaseURL: database.url, configuration: configuration) { auth in
                    #expect(try await auth.migrate().after == ["006"])
                    let python = PythonAccounts(databaseURL: database.pythonURL)
                    let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
                    let answers = try await python.run([
                        ["action": "migrate"],
                        ["action": "login", "email": "ada@example.com", "password": "correct horse"],
                        ["action": "create", "email": "bob@example.com", "password": "correct horse"],
                    ])
                    #expect(answers[1]["id"]?.text == user.id.uuidString.lowercased())
                    #expect(try await auth.users.find(email: "bob@example.com") != nil)
                }
            }
        }
    }

    private func migrate(
        _ product: BuiltProduct,
        _ database: TestDatabase,
        processes: Int,
        spreadOver time: Duration = .zero
    ) async throws -> [BuiltProduct.Outcome] {
        try await withThrowingTaskGroup(of: BuiltProduct.Outcome.self) { group in
            for number in 0..<processes {
                group.addTask {
                    // Not to wait for something: to come at different moments of the others' work.
                    try await Task.sleep(for: time * number / processes)
                    return try await product.run(["migrate", "--database-url", database.url])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func racePython(_ database: TestDatabase, processes: Int, marker: String) async throws -> [String] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Python/racing.py")
        let output = try await PythonInterpreter.find().run(
            script: String(contentsOf: script, encoding: .utf8),
            arguments: [database.pythonURL, "\(processes)", marker]
        )
        return output.split(separator: "\n").last?.split(separator: " ").map(String.init) ?? []
    }
}
