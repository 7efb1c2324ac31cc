#if SQLite && PostgreSQL && MySQL
import Foundation
import TestSupport
import Testing

/// The commands as an application's executable has them, with two chains.
@Suite struct CommandTests {
    @Test func upgradeAppliesEveryChainInOrder() async throws {
        try await withShop { shop in
            let outcome = try await shop(["upgrade"])
            #expect(outcome.exitCode == 0)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 8)
            #expect(lines.first?.hasPrefix("authfort: Applied 001: ") == true)
            #expect(lines.last?.hasPrefix("shop: Applied lines: ") == true)
            #expect(try await shop(["current"]).output == "authfort: 006\nshop: lines\n")
            let again = try await shop(["upgrade"])
            #expect(
                again.output == """
                    authfort: Nothing to do: the database is up to date.
                    shop: Nothing to do: the database is up to date.

                    """
            )
        }
    }

    @Test func aTargetOfOneChainNeedsItsName() async throws {
        try await withShop { shop in
            let unnamed = try await shop(["upgrade", "orders"])
            #expect(unnamed.exitCode == 2)
            #expect(unnamed.errorOutput.contains("'authfort', 'shop'"))
            #expect(try await shop(["upgrade", "--chain", "authfort"]).exitCode == 0)
            #expect(try await shop(["upgrade", "+1", "--chain", "shop"]).exitCode == 0)
            #expect(try await shop(["current", "--chain", "shop"]).output == "shop: orders\n")
            #expect(try await shop(["upgrade", "--chain", "shopp"]).exitCode == 2)
        }
    }

    @Test func downgradesGoByStepsAndToTheBase() async throws {
        try await withShop { shop in
            _ = try await shop(["upgrade"])
            let one = try await shop(["downgrade", "-1", "--chain", "shop"])
            #expect(one.exitCode == 0, "\(one.errorOutput)")
            #expect(one.output.hasPrefix("shop: Undid lines: "))
            #expect(try await shop(["downgrade", "--chain=shop", "base"]).output.hasPrefix("shop: Undid orders"))
            #expect(try await shop(["downgrade", "-1", "--chain", "authfort"]).output.contains("Undid 006"))
            #expect(try await shop(["downgrade", "--chain", "authfort"]).exitCode == 2)
            #expect(try await shop(["downgrade", "-1", "-2", "--chain", "authfort"]).exitCode == 2)
        }
    }

    @Test func unknownOptionsAreRefused() async throws {
        try await withShop { shop in
            for arguments in [
                ["upgrade", "--databse-url", "x"], ["downgrade", "-x"], ["plan", "--sq"], ["stamp", "--1"],
            ] {
                let outcome = try await shop(arguments)
                #expect(outcome.exitCode == 2, "\(arguments)")
                #expect(outcome.output.isEmpty)
            }
        }
    }

    @Test func checkEndsWithOneWhereThereIsDrift() async throws {
        try await withShop { shop in
            let empty = try await shop(["check"])
            #expect(empty.exitCode == 1)
            #expect(empty.output.contains("authfort: not applied: 001"))
            #expect(empty.output.contains("shop: differs: create table shop_orders"))
            _ = try await shop(["upgrade"])
            let clean = try await shop(["check"])
            #expect((clean.exitCode, clean.output.hasPrefix("No drift")) == (0, true), "\(clean.output)")
            _ = try await shop(["downgrade", "-1", "--chain", "shop"])
            _ = try await shop(["stamp", "head", "--chain", "shop"])
            let drift = try await shop(["check"])
            #expect(drift.exitCode == 1)
            #expect(drift.output.contains("shop: differs: create table shop_order_lines"))
            #expect(!drift.output.contains("authfort"))
        }
    }

    @Test func stampRecordsWithoutRunning() async throws {
        try await withShop { shop in
            let outcome = try await shop(["stamp", "003", "--chain", "authfort"])
            #expect(outcome.output == "authfort: The database is recorded to be at 003.\n")
            #expect(try await shop(["current", "--chain", "authfort"]).output == "authfort: 003\n")
            #expect(try await shop(["stamp", "base", "--chain", "authfort"]).output.contains("at the base"))
            #expect(try await shop(["current", "--chain", "authfort"]).output == "")
            #expect(try await shop(["stamp", "9", "--chain", "authfort"]).exitCode == 1)
        }
    }

    @Test func planPrintsWhatWouldRunAndRunsNothing() async throws {
        try await withShop { shop in
            let plan = try await shop(["plan", "002", "--chain", "authfort"])
            #expect(plan.exitCode == 0)
            #expect(plan.output.contains("authfort: upgrade 002 (add session_id to refresh tokens)\n    add column "))
            #expect(plan.output.contains("    run UPDATE \"authfort_refresh_tokens\" SET session_id = id"))
            let sql = try await shop(["plan", "--sql", "--chain", "authfort"])
            #expect(sql.output.hasPrefix("BEGIN;\n\nCREATE TABLE \"authfort_alembic_version\""))
            let all = try await shop(["plan"]).output.split(separator: "\n").filter { $0.contains(": upgrade ") }
            #expect(all.count == 8 && all.last?.hasPrefix("shop: upgrade lines") == true)
            let required = try await shop(["plan", "--chain", "shop"]).output
            #expect(required.hasPrefix("authfort: upgrade 001") && !required.contains("upgrade 004"))
            #expect(try await shop(["current"]).output == "")
            _ = try await shop(["upgrade"])
            #expect(try await shop(["plan"]).output == "")
            #expect(try await shop(["plan", "-1", "--chain", "shop"]).output.hasPrefix("shop: downgrade lines"))
        }
    }

    @Test func historyHeadsBranchesAndShowNeedNoDatabase() async throws {
        let history = try await shop(["history"])
        #expect(history.output.hasPrefix("authfort: 005 -> 006 (head), add failed_attempts"))
        #expect(history.output.hasSuffix("shop: <base> -> orders, create the table of orders\n"))
        #expect(try await shop(["heads", "--chain", "shop"]).output == "shop: lines, add order lines\n")
        let branches = try await shop(["branches"])
        #expect((branches.exitCode, branches.output) == (0, ""))
        let show = try await shop(["show", "005", "--chain", "authfort"]).output
        #expect(show.contains("Follows: 004\nFollowed by: 006\n"))
        #expect(show.contains("Upgrade:\n    add column authfort_users.is_deleted\n"))
    }

    @Test func historyMarksWhatTheDatabaseHasWhenItIsAsked() async throws {
        try await withShop { shop in
            _ = try await shop(["upgrade", "004", "--chain", "authfort"])
            let history = try await shop(["history", "-i", "--chain", "authfort"])
            #expect(history.output.contains("003 -> 004 (current), "))
        }
    }

    @Test func sqlNeedsADialectAndNoDatabase() async throws {
        let script = try await shop(["sql", "--dialect", "postgresql"], environment: ["SHOP_DATABASE_URL": ""])
        #expect(script.exitCode == 0)
        #expect(script.output.contains("INSERT INTO \"shop_version\" (\"version_num\") VALUES ('orders');"))
        #expect(script.errorOutput == "")
        let part = try await shop(["sql", "006:005", "--dialect", "mysql", "--chain", "authfort"])
        #expect(part.output.contains("DROP COLUMN `locked_until`"))
        #expect(try await shop(["sql"], environment: ["SHOP_DATABASE_URL": ""]).exitCode == 2)
        #expect(try await shop(["sql", "--dialect", "oracle"]).exitCode == 1)
        let version = ["--server-version", "10.11.6-MariaDB"]
        #expect(try await shop(["sql", "--dialect", "mariadb"] + version).output.contains("`id` UUID NOT NULL"))
        #expect(try await shop(["sql", "--dialect", "sqlite"] + version).exitCode == 2)
    }

    @Test func revisionWritesAFileAndNeverOverOne() async throws {
        try await withShop { shop in
            try await TemporaryDirectory.with { folder in
                let arguments = ["revision", "--chain", "shop", "--directory", folder.path, "-m", "add phones"]
                let outcome = try await shop(arguments + ["--rev-id", "phones"])
                #expect((outcome.exitCode, outcome.output) == (0, folder.file("AddPhones.swift") + "\n"))
                #expect(outcome.errorOutput.contains("AddPhones()"))
                let source = try text(of: folder.file("AddPhones.swift"))
                #expect(source.contains(#"let parents: [Revision] = ["lines"]"#))
                #expect(try await shop(arguments).exitCode == 1)
                #expect(try text(of: folder.file("AddPhones.swift")) == source)
                #expect(try await shop(arguments + ["--rev-id", "lines"]).exitCode == 2)
                #expect(try await shop(["merge", "--chain", "shop"]).errorOutput.contains("one head"))
            }
        }
    }

    @Test func autogenerateWritesWhatTheDatabaseLacks() async throws {
        try await withShop { shop in
            try await TemporaryDirectory.with { folder in
                let arguments = [
                    "revision", "--autogenerate", "--chain", "shop", "--directory", folder.path, "-m", "more",
                ]
                let early = try await shop(arguments)
                #expect(early.exitCode == 1)
                #expect(early.errorOutput.contains("Upgrade it first"))
                _ = try await shop(["upgrade"])
                let nothing = try await shop(arguments)
                #expect((nothing.exitCode, nothing.output) == (0, ""))
                _ = try await shop(["downgrade", "-1", "--chain", "shop"])
                _ = try await shop(["stamp", "head", "--chain", "shop"])
                #expect(try await shop(arguments).exitCode == 0)
                #expect(try text(of: folder.file("More.swift")).contains(".createTable(\n"))
            }
        }
    }

    @Test func passwordsAreNeverPrinted() async throws {
        for command in [["upgrade"], ["check"], ["plan"], ["current"], ["stamp", "head", "--chain", "shop"], ["sql"]] {
            let outcome = try await shop(command + ["--database-url", "postgres://ada:s3cr3t@127.0.0.1:1/x?bad=1"])
            #expect(!(outcome.output + outcome.errorOutput).contains("s3cr3t"))
        }
    }
}

private typealias Shop = (_ arguments: [String]) async throws -> BuiltProduct.Outcome

private func shop(_ arguments: [String], environment: [String: String] = [:]) async throws -> BuiltProduct.Outcome {
    try await BuiltProduct("ShopCommand").run(arguments, environment: environment)
}

private func text(of file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

/// Runs the shop's commands on an empty database.
private func withShop(_ body: (Shop) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
        let url = "sqlite:///\(directory.file("shop.db"))"
        try await body { arguments in try await shop(arguments, environment: ["SHOP_DATABASE_URL": url]) }
    }
}
#endif
