import AuthFort
import DialectCore
import DialectMigrations
import Foundation
import TestSupport
import Testing

/// A Python and a Swift AuthFort on one database.
@Suite(.enabled(if: PythonInterpreter.isAvailable)) struct SharedDatabaseTests {
    @Test(arguments: DatabaseKind.available)
    func pythonChangesNothingAfterOurMigration(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, python, database in
            try await auth.migrate()
            let before = try await database.catalog()
            let output = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
            #expect(output.contains("AuthFort migrations applied successfully."))
            #expect(try await database.catalog() == before)
            #expect(try await auth.currentRevisions() == ["006"])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func weApplyNothingAfterPythonsMigration(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, python, database in
            _ = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
            let before = try await database.catalog()
            #expect(before.count > 100)
            #expect(try await auth.migrate().steps.isEmpty)
            #expect(try await database.catalog() == before)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func bothMigrationsMakeTheSameSchema(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, _, ours in
            try await auth.migrate()
            try await withSharedDatabase(on: kind) { _, python, theirs in
                _ = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
                let (left, right) = try await (ours.catalog(), theirs.catalog())
                #expect(left.filter { !right.contains($0) } == [])
                #expect(right.filter { !left.contains($0) } == [])
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func userMadeByPythonSignsInHere(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, python, _ in
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

    @Test(arguments: DatabaseKind.available)
    func userMadeHereSignsInWithPython(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, python, _ in
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

    @Test(arguments: DatabaseKind.available)
    func eachSideSeesBansDeletionsAndRolesOfTheOther(_ kind: DatabaseKind) async throws {
        try await withSharedDatabase(on: kind) { auth, python, _ in
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

    /// SQLAlchemy 2.0 makes `CHAR(32)` columns on MariaDB, where 2.1 makes `uuid` columns.
    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB) && PythonAccounts.hasSQLAlchemy20))
    func aDatabaseWithTextIdentitiesIsUsedAsItIs() async throws {
        try await withSharedDatabase(on: .mariaDB) { auth, newest, database in
            let python = PythonAccounts(databaseURL: newest.databaseURL, usesSQLAlchemy20: true)
            _ = try await python.commandLine(["migrate", "--database-url", python.databaseURL])
            let before = try await database.catalog()
            #expect(before.contains { $0.hasPrefix("column authfort_users 1 id char(32)") })
            #expect(try await auth.migrate().steps.isEmpty)
            #expect(try await database.catalog() == before)

            let made = try await python.run([
                "action": "create", "email": "ada@example.com", "password": "correct horse", "name": "Ada",
            ])
            let ada = try await auth.passwords.verify(email: "ada@example.com", password: "correct horse")
            #expect(ada.id.uuidString.lowercased() == made["id"]?.text)
            #expect(try await auth.users.find(id: ada.id) == ada)

            let bob = try await auth.users.create(email: "bob@example.com", password: "correct horse")
            let id = bob.id.uuidString.lowercased()
            let answers = try await python.run([
                ["action": "login", "email": "bob@example.com", "password": "correct horse"],
                ["action": "add_role", "id": id, "role": "admin"],
            ])
            #expect(answers[0]["id"] == .string(id))
            #expect(try await auth.users.find(id: bob.id)?.roles == ["admin"])
            #expect(try await auth.users.page().users.map(\.id).sorted() == [ada.id, bob.id].sorted())
            try await auth.users.delete(bob.id)
            #expect(try await python.run(["action": "get", "id": id])["is_deleted"] == .bool(true))
        }
    }
}

/// Gives an AuthFort and the Python library on one database that is empty.
private func withSharedDatabase(
    on kind: DatabaseKind,
    _ body: (_ auth: AuthFort, _ python: PythonAccounts, _ database: TestDatabase) async throws -> Void
) async throws {
    var configuration = AuthFortConfiguration()
    configuration.passwords.breachCheck = .off
    try await kind.withDatabase { database in
        try await AuthFort.withAuthFort(databaseURL: database.url, configuration: configuration) { auth in
            try await body(auth, PythonAccounts(databaseURL: database.pythonURL), database)
        }
    }
}
