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
            find nothing to do. Each applied revision is printed. When a revision fails, nothing is changed; a database \
            that cannot undo schema changes keeps what was done, and the next run goes on from there. So it does after a \
            run that was killed, and where the Python library left off.
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

    /// Progress goes to standard error; what was applied goes to standard output, once it is committed.
    private static func show(_ event: MigrationEvent) {
        switch event {
        case .waitingForLock: printError("Taking the migration lock; if another process migrates, this waits for it.")
        case .stepStarted(let step, let number, let count):
            printError("[\(number)/\(count)] \(step.revision): \(step.summary)")
        case .stepFinished: break
        case .finished(let report):
            for step in report.steps {
                print("Applied \(step.revision): \(step.summary) (\(step.duration.milliseconds) ms)")
            }
        }
    }
}

extension Duration {
    /// The duration in milliseconds, rounded to one digit behind the point.
    fileprivate var milliseconds: Double { (self / .milliseconds(1) * 10).rounded() / 10 }
}
