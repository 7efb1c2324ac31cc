import DialectCore
import Foundation
import Testing

@Suite struct SQLCipherOpeningTests {
    private let passphrase = "correct horse"

    private func url(_ file: String, _ passphrase: String = "correct%20horse", _ query: String = "") -> String {
        "sqlite+sqlcipher://:\(passphrase)@/\(file)?timeout=1\(query)"
    }

    private func makeFile(_ file: String, _ query: String = "") async throws {
        try await withSession(url(file, "correct%20horse", query)) { connection in
            try await connection.execute("CREATE TABLE notes (text TEXT)")
            try await connection.execute("INSERT INTO notes VALUES (\("a telling word"))")
        }
    }

    private func notes(_ connection: any Connection) async throws -> [String] {
        try await connection.execute("SELECT text FROM notes").rows.map { try $0.decode(String.self, at: 0) }
    }

    @Test func theFileOpensWithItsPassphraseAndTellsNothingWithout() async throws {
        try await withFolder { folder in
            let file = folder + "/a.db"
            try await makeFile(file)
            #expect(try await withSession(url(file)) { try await notes($0) } == ["a telling word"])
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let bytes = try #require(FileManager.default.contents(atPath: folder + "/" + name))
                #expect(bytes.range(of: Data("telling".utf8)) == nil)
                #expect(bytes.range(of: Data("SQLite format".utf8)) == nil)
            }
        }
    }

    @Test(arguments: ["wrong%20horse", "correct%20horse%00", "x'00'"])
    func aWrongPassphraseIsAnErrorOfItsOwn(passphrase: String) async throws {
        try await withFolder { folder in
            try await makeFile(folder + "/a.db")
            let error = try await failure { try await withSession(url(folder + "/a.db", passphrase)) { _ in } }
            if passphrase.hasSuffix("%00") {
                #expect(error.code == .invalidURL)
            } else {
                #expect(error.code == .authenticationFailed)
                #expect(error.message.contains(folder + "/a.db"))
            }
            #expect(!String(reflecting: error).tells("horse"))
        }
    }

    @Test func aFileThatIsNotEncryptedIsAnErrorOfItsOwn() async throws {
        try await withFolder { folder in
            try makePlainDatabase(folder + "/a.db")
            let error = try await failure { try await withSession(url(folder + "/a.db")) { _ in } }
            #expect(error.code == .storageCorrupt)
            #expect(error.message.contains("not encrypted"))
            #expect(!String(reflecting: error).tells(passphrase))
        }
    }

    @Test func aFileOpensOnlyWithTheOptionsThatItWasMadeWith() async throws {
        try await withFolder { folder in
            let (file, query) = (folder + "/a.db", "&kdf_iter=4000&cipher_page_size=4096")
            try await makeFile(file, query)
            #expect(try await withSession(url(file, "correct%20horse", query)) { try await notes($0) }.count == 1)
            let error = try await failure { try await withSession(url(file)) { _ in } }
            #expect(error.code == .authenticationFailed)
            #expect(error.message.contains("kdf_iter"))
        }
    }

    @Test func aCipherThatSQLCipherLacksIsRefusedInsteadOfReplaced() async throws {
        try await withFolder { folder in
            let error = try await failure {
                try await withSession(url(folder + "/a.db", "correct%20horse", "&cipher=rot-13")) { _ in }
            }
            #expect(error.code == .invalidConfiguration)
            #expect(error.message.contains("rot-13"))
        }
    }

    @Test func aSessionThatIsOpenedAnewGetsItsKeyAgain() async throws {
        try await withFolder { folder in
            try await makeFile(folder + "/a.db")
            let kept = try await withSession(url(folder + "/a.db")) { connection in
                try await connection.execute("PRAGMA case_sensitive_like = ON")
                try await connection.reset()
                return try await notes(connection)
            }
            #expect(kept.count == 1)
        }
    }

    /// Each session makes up a salt while the file has none, and the file gets that of the first who writes.
    @Test(arguments: ["wal", "delete", "keep"])
    func sessionsThatMakeAFileTogetherAllUseIt(journalMode: String) async throws {
        try await withFolder { folder in
            for round in 0..<10 {
                let url = url("\(folder)/\(round).db", "correct%20horse", "&kdf_iter=1000&journal_mode=\(journalMode)")
                let sessions = try await withThrowingTaskGroup(of: (any Connection).self) { group in
                    for _ in 0..<8 { group.addTask { try await open(url) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                try await sessions[0].execute("CREATE TABLE notes (text TEXT)")
                for session in sessions { try await session.execute("INSERT INTO notes VALUES ('x')") }
                for session in sessions { #expect(try await notes(session).count == sessions.count) }
                for session in sessions { await session.close() }
            }
        }
    }

    @Test func aRawKeyAndADatabaseInMemoryWork() async throws {
        try await withFolder { folder in
            let key = "x'" + String(repeating: "2d", count: 32) + "'"
            try await withSession(url(folder + "/a.db", key)) { try await $0.execute("CREATE TABLE t (a)") }
            try await withSession(url(folder + "/a.db", key)) { try await $0.execute("SELECT * FROM t") }
        }
        try await withSession("sqlite+sqlcipher://:x@/:memory:") { try await $0.execute("CREATE TABLE t (a)") }
    }

    /// Releases before 3.20 do not tell that a statement was prepared again.
    @Test func aCachedStatementSeesNewColumns() async throws {
        let columns = try await withSession("sqlite+sqlcipher://:x@/:memory:") { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.execute("INSERT INTO t VALUES (1)")
            let select: Statement = "SELECT * FROM t"
            _ = try await connection.execute(select)
            try await connection.execute("ALTER TABLE t ADD COLUMN b")
            return try await connection.execute(select).rows.columns.map(\.name)
        }
        #expect(columns == ["a", "b"])
    }
}
