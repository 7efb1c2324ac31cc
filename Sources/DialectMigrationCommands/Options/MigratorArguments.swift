internal import ArgumentParser
internal import DialectMigrations

/// How a command that changes the database runs.
struct MigratorArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How long to wait for another migrator.", valueName: "seconds"))
    var lockTimeout = 60.0

    func validate() throws {
        guard lockTimeout >= 0, lockTimeout <= 1e9 else {
            throw ValidationError("--lock-timeout must be a number of seconds that is not negative.")
        }
    }

    var options: MigratorOptions { MigratorOptions(lockTimeout: .seconds(lockTimeout)) }
}
