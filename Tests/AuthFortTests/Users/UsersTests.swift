import DialectCore
import DialectEngine
import Foundation
import TestSupport
import Testing

@testable import AuthFort

@Suite struct UsersTests {
    @Test(arguments: DatabaseKind.available)
    func createdUserIsFoundByIdentityAndByAddress(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let user = try await auth.users.create(email: " Ada@Example.com ", password: "correct horse", name: "A & B")
            #expect(user.email == "ada@example.com")
            #expect(user.name == "A &amp; B")
            #expect(try await auth.users.find(id: user.id) == user)
            #expect(try await auth.users.find(email: "ADA@example.com") == user)
            #expect(try await auth.users.find(id: UUID()) == nil)
            #expect(try await auth.users.find(email: "bob@example.com") == nil)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func creationStoresTheAccountAndNoHistoryUnlessAsked(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, engine in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            let accounts = try await engine.execute(
                "SELECT user_id, provider, provider_account_id FROM authfort_accounts"
            )
            #expect(accounts.rows.count == 1)
            let account = try #require(accounts.rows.first)
            #expect(try account.decode(UUID.self, String.self, String.self) == (user.id, "email", "ada@example.com"))
            #expect(try await engine.execute("SELECT 1 FROM authfort_password_history").rows.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func creationStoresTheFirstHashWhereAHistoryIsKept(_ kind: DatabaseKind) async throws {
        var configuration = AuthFortConfiguration.cheap
        configuration.passwords.historyCount = 2
        try await withMigratedAuthFort(on: kind, configuration) { auth, engine in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            let result = try await engine.execute(
                """
                SELECT count(*) FROM authfort_password_history h JOIN authfort_users u
                ON u.id = h.user_id AND u.password_hash = h.password_hash
                """
            )
            #expect(try result.rows.first?.decode(Int.self, at: 0) == 1)
        }
    }

    #if SQLite
    @Test func storedValuesHaveThePythonLibrarysFormsOnSQLite() async throws {
        try await withMigratedAuthFort(on: .sqlite) { auth, engine in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            let result = try await engine.execute(
                "SELECT typeof(id), id, typeof(banned), created_at, updated_at, password_hash FROM authfort_users"
            )
            let row = try #require(result.rows.first)
            #expect(try row.decode(String.self, at: 0) == "text")
            #expect(try row.decode(String.self, at: 1) == user.id.hexadecimal)
            #expect(try row.decode(String.self, at: 2) == "integer")
            let created = try row.decode(String.self, at: 3)
            #expect(created.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/) != nil)
            #expect(try row.decode(String.self, at: 4) == created)
            #expect(try row.decode(String.self, at: 5).hasPrefix("$argon2id$v=19$"))
        }
    }
    #endif

    @Test(arguments: DatabaseKind.available)
    func sameAddressTwiceIsRefused(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            let error = await #expect(throws: AuthError.self) {
                try await auth.users.create(email: "ADA@example.com", password: "another horse")
            }
            #expect(error?.code == .userExists)
            #expect(error?.status == 409)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func concurrentCreationsOfOneAddressGiveOneUserAndClearErrors(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
                            return true
                        } catch {
                            if (error as? AuthError)?.code != .userExists { Issue.record(error) }
                            return false
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let page = try await auth.users.page()
            #expect(outcomes.count { $0 } == 1)
            #expect(page.total == 1)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func pagesAreStableAndCountAll(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            for number in 0..<7 {
                _ = try await auth.users.create(email: "user\(number)@example.com", password: "correct horse")
            }
            var query = UserQuery()
            query.sortKey = .email
            query.isAscending = true
            var emails: [String] = []
            for offset in stride(from: 0, to: 9, by: 3) {
                let page = try await auth.users.page(query, limit: 3, offset: offset)
                #expect(page.total == 7)
                emails += page.users.map(\.email)
            }
            #expect(emails == (0..<7).map { "user\($0)@example.com" })
        }
    }

    @Test(arguments: DatabaseKind.available)
    func wildcardsInASearchAreLiteral(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            _ = try await auth.users.create(email: "a_b@example.com", password: "correct horse", name: "100% Ada")
            _ = try await auth.users.create(email: "axb@example.com", password: "correct horse", name: "Bob")
            for (text, expected) in [("a_b", 1), ("0% a", 1), ("%", 1), ("EXAMPLE", 2), ("!", 0)] {
                var query = UserQuery()
                query.text = text
                #expect(try await auth.users.page(query).total == expected, "search for \(text)")
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func negativePagesAreRefused(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            await #expect(throws: DatabaseError.self) { try await auth.users.page(limit: -1) }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func banningRevokesSessionsAndRaisesTheTokenVersion(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, engine in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await insertRefreshToken(of: user.id, engine)
            try await auth.users.ban(user.id)
            #expect(try await auth.users.find(id: user.id)?.isBanned == true)
            #expect(try await tokenVersion(of: user.id, engine) == 1)
            let live = try await engine.execute("SELECT 1 FROM authfort_refresh_tokens WHERE revoked = \(false)")
            #expect(live.rows.isEmpty)
            try await auth.users.unban(user.id)
            #expect(try await auth.users.find(id: user.id)?.isBanned == false)
            #expect(try await tokenVersion(of: user.id, engine) == 1)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func unknownUsersAreNamedAsSuch(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            for call in [auth.users.ban, auth.users.unban, { try await auth.users.delete($0) }] {
                let error = await #expect(throws: AuthError.self) { try await call(UUID()) }
                #expect(error?.code == .userNotFound)
                #expect(error?.status == 404)
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func deletionLeavesAnAnonymousRow(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, engine in
            let user = try await auth.users.create(
                email: "ada@example.com",
                password: "correct horse",
                name: "Ada",
                avatarURL: "https://example.com/a.png",
                phone: "123"
            )
            try await insertRefreshToken(of: user.id, engine)
            try await auth.users.delete(user.id)
            #expect(try await auth.users.find(id: user.id) == nil)
            #expect(try await auth.users.find(email: "ada@example.com") == nil)
            let gone = try #require(try await auth.users.find(id: user.id, includingDeleted: true))
            #expect(gone.email == "deleted+\(user.id.uuidString.lowercased())@deleted.invalid")
            #expect(gone.name == "Deleted user")
            #expect((gone.avatarURL, gone.phone) == (nil, nil))
            #expect(gone.isDeleted && gone.deletedAt != nil)
            #expect(try await tokenVersion(of: user.id, engine) == 1)
            for table in ["authfort_accounts", "authfort_refresh_tokens"] {
                #expect(try await engine.execute("SELECT 1 FROM \(identifier: table)").rows.isEmpty)
            }
            try await auth.users.delete(user.id)
            #expect(try await auth.users.find(id: user.id, includingDeleted: true) == gone)
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
        }
    }

    @Test(arguments: DatabaseKind.available)
    func removalTakesTheRowToo(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await auth.users.delete(user.id, .removeRow)
            #expect(try await auth.users.find(id: user.id, includingDeleted: true) == nil)
        }
    }

    private func insertRefreshToken(of user: UUID, _ engine: Engine) async throws {
        let (first, second) = (UUID(), UUID())
        for (id, replacement) in [(first, UUID?.none), (second, first)] {
            try await engine.execute(
                """
                INSERT INTO authfort_refresh_tokens
                (id, user_id, token_hash, expires_at, created_at, revoked, replaced_by, session_id)
                VALUES (\(id), \(user), \(id.hexadecimal), \(Timestamp.now), \(Timestamp.now), \(false), \
                \(replacement), \(id))
                """
            )
        }
    }

    private func tokenVersion(of user: UUID, _ engine: Engine) async throws -> Int {
        let result = try await engine.execute("SELECT token_version FROM authfort_users WHERE id = \(user)")
        return try #require(result.rows.first).decode(Int.self, at: 0)
    }
}
