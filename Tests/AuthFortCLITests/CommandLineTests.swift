#if SQLite
import TestSupport
import Testing

@Suite struct CommandLineTests {
    @Test func migrateAppliesOnceAndThenNothing() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite+aiosqlite:///\(directory.file("a.db"))"
            let first = try await authfort(["migrate", "--database-url", url])
            #expect(first.exitCode == 0)
            #expect(first.output.contains("Applied 001"))
            #expect(first.output.hasSuffix("AuthFort migrations applied successfully.\n"))
            let second = try await authfort(["migrate"], environment: ["AUTHFORT_DATABASE_URL": url])
            #expect(second.exitCode == 0)
            #expect(
                second.output
                    == "Nothing to do: the database is up to date.\nAuthFort migrations applied successfully.\n"
            )
        }
    }

    @Test func currentPrintsTheRevision() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            let before = try await authfort(["current", "--database-url", url])
            #expect((before.exitCode, before.output) == (0, ""))
            _ = try await authfort(["migrate", "--database-url", url])
            #expect(try await authfort(["current", "--database-url", url]).output == "006\n")
        }
    }

    @Test func createdUserIsListed() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            _ = try await authfort(["migrate", "--database-url", url])
            let create = ["users", "create", "--database-url", url, "--name", "Ada", "--email-verified", "--email"]
            let first = try await authfort(create + ["ada@example.com"], standardInput: "correct horse\n")
            #expect(first.exitCode == 0)
            let second = try await authfort(
                create + ["bob@example.com"],
                environment: ["AUTHFORT_PASSWORD": "correct horse"]
            )
            #expect(second.exitCode == 0)
            let list = try await authfort(["users", "list", "--database-url", url]).output
            #expect(list.contains("ada@example.com\tAda\tverified"))
            #expect(list.contains("bob@example.com"))
            #expect(list.contains(first.output.dropLast()))
        }
    }

    @Test func refusalsOfAuthFortExitWithOne() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            _ = try await authfort(["migrate", "--database-url", url])
            let short = try await authfort(
                ["users", "create", "--database-url", url, "--email", "ada@example.com"],
                standardInput: "hunter2\n"
            )
            #expect(short.exitCode == 1)
            #expect(short.errorOutput.contains("at least 8 characters"))
            #expect(!short.errorOutput.contains("hunter2"))
        }
    }

    @Test(arguments: [
        ["migrate"], ["migrate", "--database"], ["frobnicate"], ["users", "create", "--database-url", "sqlite://"],
        ["users", "list", "--database-url", "sqlite://", "--limit", "-1"],
    ])
    func wrongCommandLinesExitWithTwo(arguments: [String]) async throws {
        let outcome = try await authfort(arguments)
        #expect(outcome.exitCode == 2)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errorOutput.isEmpty)
    }

    @Test func withoutASubcommandTheHelpIsPrintedAndTheExitCodeIsOne() async throws {
        let outcome = try await authfort([])
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("migrate"))
        #expect(try await authfort(["--help"]).exitCode == 0)
        #expect(try await authfort(["migrate", "--help"]).output.contains("--database-url"))
    }

    @Test func passwordInAUrlIsNeverPrinted() async throws {
        let outcome = try await authfort(["migrate", "--database-url", "postgres://ada:s3cr3t-word@127.0.0.1:99999/x"])
        #expect(outcome.exitCode == 1)
        #expect(!(outcome.output + outcome.errorOutput).contains("s3cr3t"))
        let unknown = try await authfort(["migrate", "--database-url", "postgress://ada:s3cr3t-word@127.0.0.1/x"])
        #expect(unknown.exitCode == 1)
        #expect(unknown.errorOutput.contains("postgress"))
        #expect(!unknown.errorOutput.contains("s3cr3t"))
    }

    @Test func missingFolderIsNamed() async throws {
        let outcome = try await authfort(["migrate", "--database-url", "sqlite:////nonexistent-folder/a.db"])
        #expect(outcome.exitCode == 1)
        #expect(outcome.errorOutput.contains("/nonexistent-folder"))
    }
}

private func authfort(
    _ arguments: [String],
    environment: [String: String] = [:],
    standardInput: String = ""
) async throws -> BuiltProduct.Outcome {
    try await BuiltProduct("authfort").run(
        arguments,
        environment: ["AUTHFORT_DATABASE_URL": ""].merging(environment) { $1 },
        standardInput: standardInput
    )
}
#endif
