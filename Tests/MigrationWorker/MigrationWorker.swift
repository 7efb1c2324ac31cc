import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import Foundation

/// A migrator in a process of its own, for tests that kill or stop it at one of its statements.
///
/// `URL CHAIN TARGET [before|after CALL SIGNAL] [forgetful]`: brings the database to the target of a chain, `authfort` or `shop`;
/// a target that begins with `-` is one to go down to. At the call of that number, `before` or `after` it, the process sends
/// itself the signal. The variable MIGRATION_LEASE has the seconds of its lease. It prints how many calls it made and how many steps it ran, or its error and exits with 1.
@main
struct MigrationWorker {
    static func main() async throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isForgetful = arguments.last == "forgetful"
        if isForgetful { arguments.removeLast() }
        guard arguments.count == 3 || arguments.count == 6 else {
            print("usage: MigrationWorker URL CHAIN TARGET [before|after CALL SIGNAL] [forgetful]")
            exit(2)
        }
        var fault: Fault?
        if arguments.count == 6, let moment = Fault.Moment(rawValue: arguments[3]), let call = Int(arguments[4]),
            let signal = Int32(arguments[5])
        {
            fault = Fault(moment: moment, call: call, signal: signal)
        }
        do {
            let chain = arguments[1] == "shop" ? try ShopChain.chain() : try AuthFortChain.chain()
            try await migrate(arguments[0], chain, to: arguments[2], fault, isForgetful: isForgetful)
        } catch {
            print("\(error)")
            exit(1)
        }
    }

    static func migrate(
        _ url: String,
        _ chain: MigrationChain,
        to target: String,
        _ fault: Fault?,
        isForgetful: Bool
    ) async throws {
        try await Engine.withEngine(url: url) { engine in
            try await engine.withConnection { connection in
                let counter = CallCounter(fault)
                let faulty: any Connection =
                    isForgetful ? ForgetfulConnection(connection, counter) : FaultyConnection(connection, counter)
                var options = MigratorOptions()
                if let lease = ProcessInfo.processInfo.environment["MIGRATION_LEASE"].flatMap(Double.init) {
                    options.lease = .seconds(lease)
                }
                let migrator = Migrator(chain, dialect: engine.dialect, connection: faulty, options: options)
                let report =
                    if target.hasPrefix("-") {
                        try await migrator.downgrade(to: MigrationTarget(String(target.dropFirst())))
                    } else {
                        try await migrator.upgrade(to: MigrationTarget(target))
                    }
                print("calls \(counter.calls) steps \(report.steps.count)")
            }
        }
    }
}
