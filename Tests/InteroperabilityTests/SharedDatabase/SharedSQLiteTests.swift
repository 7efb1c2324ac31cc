#if SQLite
import AuthFort
import DialectCore
import DialectMigrations
import Foundation
import TestSupport
import Testing

/// A Python and a Swift AuthFort on one SQLite file.
@Suite(.enabled(if: PythonInterpreter.isAvailable)) struct SharedSQLiteTests {
    @Test func pythonChangesNothingAfterOurMigration() async throws {
        try await withSharedFile { auth, python, url in
            try await auth.migrate()
            let before = try await SQLiteCatalog(of: url)
            let output = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
            #expect(output.contains("AuthFort migrations applied successfully."))
            #expect(try await SQLiteCatalog(of: url) == before)
            #expect(try await auth.currentRevisions() == ["006"])
        }
    }

    @Test func weApplyNothingAfterPythonsMigration() async throws {
        try await withSharedFile { auth, python, url in
            _ = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
            let before = try await SQLiteCatalog(of: url)
            #expect(before.lines.count > 100)
            #expect(try await auth.migrate().steps.isEmpty)
            #expect(try await SQLiteCatalog(of: url) == before)
        }
    }

    @Test func bothMigrationsMakeTheSameSchema() async throws {
        try await withSharedFile { auth, _, ours in
            try await auth.migrate()
            try await withSharedFile { _, python, theirs in
                _ = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
                let (left, right) = try await (SQLiteCatalog(of: ours), SQLiteCatalog(of: theirs))
                #expect(left == right)
            }
        }
    }

    @Test func userMadeByPythonSignsInHere() async throws {
        try await withSharedFile { auth, python, _ in
            try await auth.migrate()
            let made = try await python.run([
                "action": "create", "email": "Ada@Example.com", "password": "correct horse", "name": "Ada & Co",
            ])
            let user = try await auth.passwords.verify(email: "ada@example.com", password: "correct horse")
            #expect(user.id.uuidString.lowercased() == made["id"]?.text)
            #expect(user.name == made["name"]?.text)
            #expect(try await auth.users.find(email: "ada@example.com") == user)
            await #expect(throws: AuthError.self) {
                try await auth.passwords.verify(email: "ada@example.com", password: "wrong horse")
            }
        }
    }

    @Test func userMadeHereSignsInWithPython() async throws {
        try await withSharedFile { auth, python, _ in
            try await auth.migrate()
            let user = try await auth.users.create(
                email: "ada@example.com",
                password: "correct horse",
                name: "Ada <b>& Co</b>",
                avatarURL: "https://example.com/a.png",
                phone: "+1 (2) 3"
            )
            let id = user.id.uuidString.lowercased()
            let answers = try await python.run([
                ["action": "login", "email": "ada@example.com", "password": "correct horse"],
                ["action": "login", "email": "ada@example.com", "password": "wrong horse"],
                ["action": "get", "id": id],
            ])
            #expect(answers[0]["id"] == .string(id))
            #expect(answers[1]["error"] == .string("invalid_credentials"))
            #expect(answers[2]["name"]?.text == user.name)
            #expect(answers[2]["phone"]?.text == user.phone)
            #expect(answers[2]["avatar_url"]?.text == user.avatarURL)
            let created = try #require(answers[2]["created_at"]?.text)
            #expect(Timestamp(created) == user.createdAt)
        }
    }

    @Test func eachSideSeesBansDeletionsAndRolesOfTheOther() async throws {
        try await withSharedFile { auth, python, _ in
            try await auth.migrate()
            let first = try await auth.users.create(email: "first@example.com", password: "correct horse")
            let second = try await auth.users.create(email: "second@example.com", password: "correct horse")
            let ids = [first, second].map { $0.id.uuidString.lowercased() }
            _ = try await python.run([
                ["action": "add_role", "id": ids[0], "role": "admin"],
                ["action": "ban", "id": ids[0]],
                ["action": "delete", "id": ids[1]],
            ])
            #expect(try await auth.users.find(id: first.id)?.roles == ["admin"])
            #expect(try await auth.users.find(id: first.id)?.isBanned == true)
            let gone = try #require(try await auth.users.find(id: second.id, includingDeleted: true))
            #expect(gone.email == "deleted+\(ids[1])@deleted.invalid")

            try await auth.users.unban(first.id)
            try await auth.users.delete(first.id)
            let seen = try await python.run(["action": "get", "id": ids[0]])
            #expect(seen["is_deleted"] == .bool(true))
            #expect(seen["email"]?.text == "deleted+\(ids[0])@deleted.invalid")
            #expect(seen["name"]?.text == "Deleted user")
        }
    }

    @Test func manyProcessesMigratingAtOnceAllSucceed() async throws {
        let product = try BuiltProduct("authfort")
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("shared.db"))"
            let outcomes = try await withThrowingTaskGroup(of: BuiltProduct.Outcome.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await product.run(["migrate", "--database-url", url]) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.map(\.errorOutput).filter { $0.contains("rror") } == [])
            #expect(outcomes.count { $0.succeeded } == 20)
            for revision in ["001", "002", "003", "004", "005", "006"] {
                #expect(outcomes.count { $0.output.contains("Applied \(revision)") } == 1, "revision \(revision)")
            }
        }
    }
}

/// Gives an AuthFort and the Python library on one file that does not exist yet.
private func withSharedFile(
    _ body: (_ auth: AuthFort, _ python: PythonAccounts, _ url: String) async throws -> Void
) async throws {
    var configuration = AuthFortConfiguration()
    configuration.passwords.breachCheck = .off
    try await TemporaryDirectory.with { directory in
        let file = directory.file("shared.db")
        try await AuthFort.withAuthFort(databaseURL: "sqlite:///\(file)", configuration: configuration) { auth in
            try await body(auth, PythonAccounts(databaseURL: "sqlite+aiosqlite:///\(file)"), "sqlite:///\(file)")
        }
    }
}
#endif
