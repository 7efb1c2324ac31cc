package import DialectMigrations

/// Shows a migration as it runs.
///
/// Progress goes to standard error; what was done goes to standard output, once it is committed.
package enum MigrationProgress {
    /// Shows an event; where the database has several chains, each line begins with the name of its own.
    package static func show(_ event: MigrationEvent, of chain: String? = nil) {
        let prefix = { (name: String) in chain == nil ? "" : "\(name): " }
        switch event {
        case .waitingForLock: printError("Taking the migration lock; if another process migrates, this waits for it.")
        case .stepStarted(let step, let number, let count):
            printError("[\(number)/\(count)] \(prefix(step.chain))\(step.revision): \(step.summary)")
        case .stepFinished: break
        case .finished(let report):
            let verb = report.direction == .upgrade ? "Applied" : "Undid"
            for step in report.steps {
                print(
                    "\(prefix(step.chain))\(verb) \(step.revision): \(step.summary) (\(step.duration.milliseconds) ms)"
                )
            }
            if report.steps.isEmpty {
                let state = report.direction == .upgrade ? "up to date" : "at its target"
                print("\(chain.map(prefix) ?? "")Nothing to do: the database is \(state).")
            }
        }
    }
}

extension Duration {
    /// The duration in milliseconds, rounded to one digit behind the point.
    fileprivate var milliseconds: Double { (self / .milliseconds(1) * 10).rounded() / 10 }
}
