import Foundation

/// A kind of database that a test can run on, with a new one for each test.
///
///     @Test(arguments: DatabaseKind.available) func somethingHolds(_ kind: DatabaseKind) async throws {
///         try await kind.withDatabase { database in … }
///     }
package enum DatabaseKind: String, Sendable, CaseIterable {
    case sqlite
    case postgreSQL
    case mariaDB

    /// The kinds whose dialect is in the build and whose server, where there is one, can be started.
    package static var available: [DatabaseKind] { allCases.filter(\.isAvailable) }

    private var isAvailable: Bool {
        switch self {
        case .sqlite:
            #if SQLite
            true
            #else
            false
            #endif
        case .postgreSQL:
            #if PostgreSQL
            PostgreSQLServer.isAvailable
            #else
            false
            #endif
        case .mariaDB:
            #if MySQL
            MariaDBServer.isAvailable
            #else
            false
            #endif
        }
    }

    /// Gives `body` an empty database, and removes it whatever happens.
    package func withDatabase<Result>(_ body: (TestDatabase) async throws -> Result) async throws -> Result {
        switch self {
        case .sqlite:
            return try await TemporaryDirectory.with { directory in
                try await body(TestDatabase(kind: self, name: directory.file("test.db"), server: nil))
            }
        case .postgreSQL:
            let server = try await PostgreSQLServer.shared()
            return try await server.withDatabaseName { name in
                try await body(TestDatabase(kind: self, name: name, server: server))
            }
        case .mariaDB:
            let server = try await MariaDBServer.shared()
            return try await server.withDatabaseName { name in
                try await body(TestDatabase(kind: self, name: name, server: server))
            }
        }
    }
}
