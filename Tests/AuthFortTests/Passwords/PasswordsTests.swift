import AuthFort
import DialectCore
import DialectEngine
import TestSupport
import Testing

@Suite struct PasswordsTests {
    @Test(arguments: DatabaseKind.available)
    func rightPasswordGivesTheUser(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            #expect(try await auth.passwords.verify(email: "Ada@example.com", password: "correct horse") == user)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func wrongPasswordAndUnknownAddressGiveTheSameError(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            for email in ["ada@example.com", "bob@example.com"] {
                let error = await #expect(throws: AuthError.self) {
                    try await auth.passwords.verify(email: email, password: "wrong horse")
                }
                #expect(error == AuthError(.invalidCredentials, "Invalid email or password"))
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func banShowsOnlyToThoseWhoKnowThePassword(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await auth.users.ban(user.id)
            #expect(await code(auth, "correct horse") == .userBanned)
            #expect(await code(auth, "wrong horse") == .invalidCredentials)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func deletedUserCannotSignIn(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, _ in
            let user = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await auth.users.delete(user.id)
            #expect(await code(auth, "correct horse") == .invalidCredentials)
        }
    }

    @Test(arguments: DatabaseKind.available, [false, true])
    func accountWithoutPasswordShowsOnlyWhereTheConfigurationSaysSo(kind: DatabaseKind, reveals: Bool) async throws {
        let expected: AuthError.Code = reveals ? .noPassword : .invalidCredentials
        var configuration = AuthFortConfiguration.cheap
        configuration.passwords.revealsOtherSignInMethods = reveals
        try await withMigratedAuthFort(on: kind, configuration) { auth, engine in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await engine.execute("UPDATE authfort_users SET password_hash = NULL")
            #expect(await code(auth, "correct horse") == expected)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func foreignHashIsAWrongPassword(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, engine in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            try await engine.execute("UPDATE authfort_users SET password_hash = 'pbkdf2:sha256$nonsense'")
            #expect(await code(auth, "correct horse") == .invalidCredentials)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func hashWithOtherCostsIsRenewedAtSignIn(_ kind: DatabaseKind) async throws {
        try await withMigratedAuthFort(on: kind) { auth, engine in
            _ = try await auth.users.create(email: "ada@example.com", password: "correct horse")
            #expect(try await storedHash(engine).contains("m=64,t=1,p=1"))
            var configuration = AuthFortConfiguration.cheap
            configuration.passwords.hashing.memoryKiB = 128
            let url = engine.url.text(revealingPassword: true)
            try await AuthFort.withAuthFort(databaseURL: url, configuration: configuration) { dearer in
                try await dearer.passwords.verify(email: "ada@example.com", password: "correct horse")
            }
            #expect(try await storedHash(engine).contains("m=128,t=1,p=1"))
            #expect(await code(auth, "correct horse") == nil)
        }
    }

    private func storedHash(_ engine: Engine) async throws -> String {
        let result = try await engine.execute("SELECT password_hash FROM authfort_users")
        return try #require(result.rows.first).decode(String.self, at: 0)
    }

    private func code(_ auth: AuthFort, _ password: String) async -> AuthError.Code? {
        do {
            _ = try await auth.passwords.verify(email: "ada@example.com", password: password)
            return nil
        } catch {
            return (error as? AuthError)?.code
        }
    }
}
