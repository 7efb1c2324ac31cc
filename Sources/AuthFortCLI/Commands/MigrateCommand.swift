import ArgumentParser
import AuthFort
import DialectMigrations

/// `authfort migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Creates AuthFort's tables, or brings them to the newest revision.",
        discussion: """
            Safe to run again, and safe to run from many processes at once: one migrates, the others wait for it and then \
            find nothing to do. Each applied revision is printed. When a revision fails, nothing is changed.
            """
    )

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let report = try await database.withAuthFort { auth in
            try await auth.migrate(observer: Self.show)
        }
        if report.steps.isEmpty {
            print("Nothing to do: the database is up to date.")
        }
        print("AuthFort migrations applied successfully.")
    }

    private static func show(_ event: MigrationEvent) {
        switch event {
        case .waitingForLock: printError("Another process is migrating this database; waiting for it.")
        case .stepFinished(let step, let duration):
            print("Applied \(step.revision): \(step.summary) (\(duration.milliseconds) ms)")
        default: break
        }
    }
}

extension Duration {
    /// The duration in milliseconds, rounded to one digit behind the point.
    fileprivate var milliseconds: Double { (self / .milliseconds(1) * 10).rounded() / 10 }
}
