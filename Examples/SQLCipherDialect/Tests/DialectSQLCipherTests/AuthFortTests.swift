import AuthFort
import DialectCore
import DialectMigrations
import Testing

@Suite struct AuthFortTests {
    @Test func accountsLiveInAnEncryptedFile() async throws {
        try await withFolder { folder in
            let url = "sqlite+sqlcipher://:correct%20horse@/\(folder)/a.db?kdf_iter=4000"
            try await AuthFort.withAuthFort(databaseURL: url) { auth in
                #expect(try await auth.migrate().steps.count == 6)
                let ada = try await auth.users.create(email: "ada@example.com", password: "battery staple")
                #expect(!ada.isEmailVerified)
                let verified = try await auth.passwords.verify(email: "ada@example.com", password: "battery staple")
                #expect(verified.id == ada.id)
            }
            try await AuthFort.withAuthFort(databaseURL: url) { auth in
                let report = try await auth.migrate()
                #expect(report.steps.isEmpty)
                let users = try await auth.users.page().users
                #expect(users.map(\.email) == ["ada@example.com"])
            }
        }
    }

    @Test func aWrongPassphraseReachesTheApplication() async throws {
        try await withFolder { folder in
            let file = "\(folder)/a.db?kdf_iter=4000"
            try await AuthFort.withAuthFort(databaseURL: "sqlite+sqlcipher://:right@/\(file)") { auth in
                try await auth.migrate()
            }
            let error = try await failure {
                try await AuthFort.withAuthFort(databaseURL: "sqlite+sqlcipher://:a-guess@/\(file)") { auth in
                    try await auth.currentRevisions()
                }
            }
            #expect(error.code == .authenticationFailed)
            #expect(!String(reflecting: error).tells("a-guess"))
        }
    }
}
