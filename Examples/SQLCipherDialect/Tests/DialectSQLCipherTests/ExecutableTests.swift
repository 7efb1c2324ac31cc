import Foundation
import Testing

/// The executables of this package, which link the dialect and do not import it.
@Suite struct ExecutableTests {
    @Test func theApplicationKeepsAccountsThatNobodyElseCanRead() async throws {
        try await withFolder { folder in
            let first = try run("encrypted-accounts", [folder + "/a.db"], ["PASSPHRASE": "correct horse"])
            #expect(first.status == 0)
            #expect(first.output.contains("applied 6 revisions\nuser1@example.com"))
            #expect(first.output.contains("the file begins as random bytes\nan address is not found in it"))
            #expect(first.output.contains("with another passphrase: authenticationFailed"))
            let second = try run("encrypted-accounts", [folder + "/a.db"], ["PASSPHRASE": "correct horse"])
            #expect(second.output.contains("user2@example.com"))
        }
    }

    @Test func theCommandWorksOnEncryptedFiles() async throws {
        try await withFolder { folder in
            let url = ["AUTHFORT_DATABASE_URL": "sqlite+sqlcipher://:correct%20horse@/\(folder)/a.db"]
            #expect(try run("authfort-sqlcipher", ["migrate"], url).output.contains("Applied 006"))
            let password = url.merging(["AUTHFORT_PASSWORD": "battery staple"]) { $1 }
            let created = try run("authfort-sqlcipher", ["users", "create", "--email", "ada@example.com"], password)
            #expect(created.status == 0)
            #expect(try run("authfort-sqlcipher", ["users", "list"], url).output.contains("ada@example.com"))
            let wrong = ["AUTHFORT_DATABASE_URL": "sqlite+sqlcipher://:guess@/\(folder)/a.db"]
            #expect(try run("authfort-sqlcipher", ["current"], wrong).status == 1)
        }
    }

    #if os(Linux)
    /// The loader puts sqlite3's functions before SQLCipher's, as a linker may.
    @Test(arguments: ["correct horse"])
    func aProgramThatCallsTheFunctionsOfSQLiteIsRefusedBeforeItWrites(passphrase: String) async throws {
        try await withFolder { folder in
            let environment = ["PASSPHRASE": passphrase, "LD_PRELOAD": "libsqlite3.so.0"]
            let outcome = try run("encrypted-accounts", [folder + "/a.db"], environment)
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("invalidConfiguration"))
            #expect(outcome.output.contains("package trait 'SQLite'"))
            #expect(!outcome.output.tells(passphrase))
            let bytes = FileManager.default.contents(atPath: folder + "/a.db") ?? Data()
            #expect(bytes.isEmpty)
        }
    }
    #endif
}

/// Runs an executable that was built together with the tests.
private func run(
    _ product: String,
    _ arguments: [String],
    _ environment: [String: String]
) throws -> (status: Int32, output: String) {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let process = Process()
    let pipe = Pipe()
    process.executableURL = folder.appendingPathComponent(product)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
}
