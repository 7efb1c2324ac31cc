import Foundation
import Subprocess
import Testing

/// The executables of this package, which link the dialect and do not import it.
@Suite struct ExecutableTests {
    @Test func theApplicationKeepsAccountsThatNobodyElseCanRead() async throws {
        try await withFolder { folder in
            let first = try await run("encrypted-accounts", [folder + "/a.db"], ["PASSPHRASE": "correct horse"])
            #expect(first.status.isSuccess)
            #expect(first.output.contains("applied 6 revisions\nuser1@example.com"))
            #expect(first.output.contains("the file begins as random bytes\nan address is not found in it"))
            #expect(first.output.contains("with another passphrase: authenticationFailed"))
            let second = try await run("encrypted-accounts", [folder + "/a.db"], ["PASSPHRASE": "correct horse"])
            #expect(second.output.contains("user2@example.com"))
        }
    }

    @Test func theCommandWorksOnEncryptedFiles() async throws {
        try await withFolder { folder in
            let url = ["AUTHFORT_DATABASE_URL": "sqlite+sqlcipher://:correct%20horse@/\(folder)/a.db"]
            #expect(try await run("authfort-sqlcipher", ["migrate"], url).output.contains("Applied 006"))
            let password = url.merging(["AUTHFORT_PASSWORD": "battery staple"]) { $1 }
            let create = ["users", "create", "--email", "ada@example.com"]
            let created = try await run("authfort-sqlcipher", create, password)
            #expect(created.status.isSuccess)
            #expect(try await run("authfort-sqlcipher", ["users", "list"], url).output.contains("ada@example.com"))
            let wrong = ["AUTHFORT_DATABASE_URL": "sqlite+sqlcipher://:guess@/\(folder)/a.db"]
            #expect(try await run("authfort-sqlcipher", ["current"], wrong).status == .exited(1))
        }
    }

    @Test func processesThatMakeAFileTogetherAllUseIt() async throws {
        try await withFolder { folder in
            for round in 0..<3 {
                let url = ["AUTHFORT_DATABASE_URL": "sqlite+sqlcipher://:correct%20horse@/\(folder)/\(round).db"]
                let outcomes = try await withThrowingTaskGroup(of: (TerminationStatus, String).self) { group in
                    for _ in 0..<4 { group.addTask { try await run("authfort-sqlcipher", ["migrate"], url) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for (status, output) in outcomes { #expect(status.isSuccess, "\(output)") }
            }
        }
    }

    #if os(Linux)
    /// The loader puts sqlite3's functions before SQLCipher's, as a linker may.
    @Test func aProgramThatCallsTheFunctionsOfSQLiteIsRefusedBeforeItWrites() async throws {
        try await withFolder { folder in
            let url = "sqlite+sqlcipher://:hunter2@/\(folder)/a.db"
            let outcome = try await run("OpeningProbe", [url], ["LD_PRELOAD": "libsqlite3.so.0"])
            #expect(outcome.status.isSuccess)
            #expect(outcome.output.contains("invalidConfiguration"))
            #expect(outcome.output.contains("package trait 'SQLite'"))
            #expect(!outcome.output.tells("hunter2"))
            let bytes = FileManager.default.contents(atPath: folder + "/a.db") ?? Data()
            #expect(bytes.isEmpty)
            #expect(try await run("OpeningProbe", [url], [:]).output == "opened\n")
        }
    }
    #endif
}

/// Runs an executable that was built together with the tests.
private func run(
    _ product: String,
    _ arguments: [String],
    _ environment: [String: String]
) async throws -> (status: TerminationStatus, output: String) {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    // `env` takes a path where the name of an executable may hold none.
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let result = try await Subprocess.run(
        .name("env"),
        arguments: Arguments(variables + [folder.appendingPathComponent(product).path] + arguments),
        output: .string(limit: 1 << 20)
    )
    return (result.terminationStatus, result.standardOutput)
}
