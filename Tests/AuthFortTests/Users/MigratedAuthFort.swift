import AuthFort
import DialectEngine
import TestSupport

extension AuthFortConfiguration {
    /// Cheap hashes, and no look-up of passwords outside of the machine.
    static var cheap: AuthFortConfiguration {
        var configuration = AuthFortConfiguration()
        configuration.passwords.breachCheck = .off
        configuration.passwords.hashing.memoryKiB = 64
        configuration.passwords.hashing.passes = 1
        configuration.passwords.hashing.parallelism = 1
        return configuration
    }
}

/// Gives an AuthFort on a database of its own, and an engine on the same database to look at the rows.
func withMigratedAuthFort(
    on kind: DatabaseKind,
    _ configuration: AuthFortConfiguration = .cheap,
    _ body: (AuthFort, Engine) async throws -> Void
) async throws {
    try await kind.withDatabase { database in
        try await AuthFort.withAuthFort(databaseURL: database.url, configuration: configuration) { auth in
            try await auth.migrate()
            try await Engine.withEngine(url: database.url) { engine in try await body(auth, engine) }
        }
    }
}
