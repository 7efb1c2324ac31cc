#if SQLite
import DialectConformance
import DialectCore
import DialectSQLite
import Foundation
import Testing

@Suite struct SQLiteConformanceTests {
    static let suite = ConformanceSuite(.sqlite(SQLiteDialect()))

    @Test(arguments: suite.cases)
    func conforms(_ check: ConformanceCase) async { await check.run() }
}

extension ConformanceTarget {
    /// A file of its own for each case.
    static func sqlite(_ dialect: any Dialect) -> ConformanceTarget {
        var target = ConformanceTarget(dialect) {
            let folder = NSTemporaryDirectory() + "conformance-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            return ConformanceDatabase(url: try DatabaseURL("sqlite:///\(folder)/database.sqlite?synchronous=off")) {
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
        target.sessionSetting = SessionSetting(change: "PRAGMA cache_size = -123", read: "PRAGMA cache_size")
        target.shortLockWait = .urlOption(name: "writer_timeout", value: "1")
        target.refusedConnections = { accepted in
            let folder = (accepted.database ?? "") + "-missing"
            return [
                RefusedConnection(
                    "the folder is missing",
                    url: try DatabaseURL("sqlite:///\(folder)/database.sqlite"),
                    code: .connectionFailed
                )
            ]
        }
        return target
    }
}
#endif
