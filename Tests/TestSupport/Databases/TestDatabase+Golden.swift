import DialectCore
import DialectEngine
import Foundation

extension TestDatabase {
    /// Makes the tables as the Python library makes them, from `Tests/Fixtures/Schemas`.
    package func loadGoldenSchema() async throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Fixtures/Schemas")
        switch kind {
        case .sqlite:
            let text = try String(contentsOf: folder.appendingPathComponent("sqlite.sql"), encoding: .utf8)
            try await Engine.withEngine(url: url) { engine in
                for sql in text.components(separatedBy: ";\n") where !sql.isEmpty {
                    try await engine.execute(Statement(unsafe: sql))
                }
            }
        case .postgreSQL:
            try await query(String(contentsOf: folder.appendingPathComponent("postgresql.sql"), encoding: .utf8))
        case .mariaDB:
            let text = try String(contentsOf: folder.appendingPathComponent("mysql.sql"), encoding: .utf8)
            // The tables come in the order of their names, not of what they reference.
            try await query("SET FOREIGN_KEY_CHECKS = 0; \(text)")
        }
    }
}
