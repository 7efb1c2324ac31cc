#if SQLite
import DialectCore
import DialectEngine

/// What a SQLite database's catalog says about its schema, as sorted lines, so that two databases can be compared
/// however their tables were written.
package struct SQLiteCatalog: Equatable, CustomStringConvertible {
    package let lines: [String]

    package var description: String { lines.joined(separator: "\n") }

    package init(of databaseURL: String) async throws {
        lines = try await Engine.withEngine(url: databaseURL) { engine in
            try await engine.withConnection { connection in try await Self.read(connection) }
        }
    }

    private static func read(_ connection: some Connection) async throws -> [String] {
        let tables = try await names("SELECT name FROM sqlite_master WHERE type = 'table'", connection)
        var lines: [String] = []
        for table in tables where !table.hasPrefix("sqlite_") {
            lines += try await describe("column of \(table)", "PRAGMA table_xinfo(\(identifier: table))", connection)
            lines += try await describe(
                "foreign key of \(table)",
                "PRAGMA foreign_key_list(\(identifier: table))",
                connection,
                ignoring: ["id"]
            )
            let indexes = try await connection.execute("PRAGMA index_list(\(identifier: table))")
            for index in indexes.rows {
                let name = try index.decode(String.self, named: "name")
                let kind = try index.decode(String.self, named: "origin")
                let isUnique = try index.decode(Bool.self, named: "unique")
                let columns = try await describe("", "PRAGMA index_xinfo(\(identifier: name))", connection)
                let shown = name.hasPrefix("sqlite_autoindex") ? "autoindex" : name
                lines.append("index \(shown) of \(table) \(kind) unique=\(isUnique) \(columns.joined(separator: ";"))")
            }
        }
        return lines.sorted()
    }

    private static func names(_ statement: Statement, _ connection: some Connection) async throws -> [String] {
        try await connection.execute(statement).rows.map { row in try row.decode(String.self, at: 0) }
    }

    private static func describe(
        _ title: String,
        _ statement: Statement,
        _ connection: some Connection,
        ignoring ignored: Set<String> = []
    ) async throws -> [String] {
        let result = try await connection.execute(statement)
        return try result.rows.map { row in
            let cells = try result.rows.columns.filter { !ignored.contains($0.name) }
                .map { column in "\(column.name)=\(try row.cell(named: column.name).value)" }
            return "\(title) \(cells.joined(separator: " "))"
        }
    }
}
#endif
