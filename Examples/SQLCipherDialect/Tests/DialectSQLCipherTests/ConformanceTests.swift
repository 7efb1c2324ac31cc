import DialectConformance
import DialectCore
import DialectSQLCipher
import Foundation
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
            return ConformanceDatabase(url: try DatabaseURL("sqlite+sqlcipher://:right@/\(folder)/a.db?\(query)")) {
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
}
