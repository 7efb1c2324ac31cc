import DialectConformance
import DialectCore
import DialectSQLCipher
import Foundation
import Logging
import Testing

@Suite struct ConformanceTests {
    static let suite = ConformanceSuite(.sqlcipher)

    @Test(arguments: suite.cases)
    func conforms(_ check: ConformanceCase) async { await check.run() }
}

extension ConformanceTarget {
    /// An encrypted file of its own for each case.
    fileprivate static var sqlcipher: ConformanceTarget {
        var target = ConformanceTarget(SQLCipherDialect()) {
            let folder = FileManager.default.temporaryDirectory.path + "/conformance-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // Few repetitions make a weak key fast, and thousands of sessions are opened here.
            let query = "kdf_iter=1000&synchronous=off"
            let url = try DatabaseURL("sqlite+sqlcipher://:right@/\(folder)/a.db?\(query)")
            try await writeFirstPage(of: url)
            return ConformanceDatabase(url: url) {
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
        target.sessionSetting = SessionSetting(change: "PRAGMA cache_size = -123", read: "PRAGMA cache_size")
        target.shortLockWait = .urlOption(name: "writer_timeout", value: "1")
        target.refusedConnections = { accepted in
            let file = accepted.database ?? ""
            return [
                RefusedConnection(
                    "the folder is missing",
                    url: try DatabaseURL("sqlite+sqlcipher://:right@/\(file)-missing/a.db"),
                    code: .connectionFailed
                ),
                RefusedConnection(
                    "the passphrase is wrong",
                    url: try DatabaseURL("sqlite+sqlcipher://:wrong@/\(file)?kdf_iter=1000"),
                    code: .authenticationFailed
                ),
            ]
        }
        return target
    }

    /// Gives a new file its salt.
    ///
    /// SQLCipher makes one up for each session that finds the file empty, and the passphrase fits only the one that is
    /// written first. So a new file belongs to one session until there is something in it.
    private static func writeFirstPage(of url: DatabaseURL) async throws {
        let logger = Logger(label: "conformance")
        let session = try await SQLCipherDialect().connector(for: url, logger: logger).connect()
        try await session.execute("CREATE TABLE first (id INTEGER)")
        await session.close()
    }
}
