import Foundation

/// A database of a test's own.
package struct TestDatabase: Sendable {
    package let kind: DatabaseKind
    /// The name on its server, or the path of the file.
    package let name: String

    let server: (any DatabaseServer)?

    init(kind: DatabaseKind, name: String, server: (any DatabaseServer)?) {
        self.kind = kind
        self.name = name
        self.server = server
    }

    /// The URL for `AuthFort` and `Engine`.
    package var url: String { server?.url(database: name) ?? "sqlite:///\(name)" }

    /// The same URL with the driver that the Python library needs.
    package var pythonURL: String {
        let driver =
            switch kind {
            case .sqlite: "sqlite+aiosqlite"
            case .postgreSQL: "postgresql+asyncpg"
            case .mariaDB: "mysql+aiomysql"
            }
        return driver + url.drop { $0 != ":" }
    }

    /// What the database's own catalog says about its schema, as sorted lines, past everything under test.
    package func catalog() async throws -> [String] {
        switch kind {
        case .sqlite:
            #if SQLite
            return try await SQLiteCatalog(of: url).lines
            #else
            return []
            #endif
        case .postgreSQL: return try await lines(CatalogQueries.postgreSQL)
        case .mariaDB: return try await lines(CatalogQueries.mariaDB)
        }
    }

    /// Asks the server through its own client.
    @discardableResult
    package func query(_ sql: String) async throws -> String {
        guard let server else { throw ServerFailure(description: "\(kind) has no server to ask") }
        return try await server.query(sql, database: name)
    }

    /// Pipes a script into the database's own client, `psql`, `mariadb` or `sqlite3`, which stops at the first error.
    package func pipe(_ script: String) async throws {
        if let server {
            try await server.pipe(script, into: name)
        } else {
            try await ServerPrograms().run("sqlite3", ["-batch", "-bail", name], input: script)
        }
    }

    private func lines(_ queries: [String]) async throws -> [String] {
        var lines: [String] = []
        for sql in queries {
            lines += try await query(sql).split(separator: "\n").map { String($0).replacing(name, with: "<database>") }
        }
        return lines.sorted()
    }
}
