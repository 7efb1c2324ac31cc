import ArgumentParser
import DialectCore
import DialectEngine
import Measuring
import MockDatabase

/// Records the checkouts of an open load on the mock: tasks arrive on their own, whether or not the pool keeps up.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Records a trace of checkouts on the mock, for replay.",
        discussion: """
            Arrivals are at random, independent of each other; holds vary around their mean, as those of a queue do that \
            the textbooks call M/M/c.
            """
    )

    @Argument(help: "The file to write.")
    var trace: String

    @Option(help: "How many checkouts arrive in a second, on average.")
    var rate = 2000.0

    @Option(help: "How long a connection is kept on average, in milliseconds.")
    var hold = 5.0

    @Option(help: "How long a connection takes to open, in milliseconds.")
    var connect = 0.0

    @Option(help: "How many connections the pool has.")
    var size = 16

    @Option(help: "For how many seconds tasks arrive.")
    var seconds = 2.0

    func run() async throws {
        let recorded = Collected<RecordedCheckout>()
        let pool = PoolConfiguration(maximumSize: size, maximumOverflow: 0, checkoutTimeout: .seconds(120))
        try await Engine.withEngine(
            url: DatabaseURL("mock://local/?connect=\(connect)"),
            registry: DialectRegistry([MockDialect.self]),
            configuration: EngineConfiguration(pool: pool)
        ) { engine in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let start = monotonicNanoseconds()
                var due = 0.0
                while due < seconds * 1e9 {
                    due += exponential(mean: 1e9 / rate)
                    let now = Double(monotonicNanoseconds() - start)
                    if due > now { try await Task.sleep(for: .nanoseconds(Int64(due - now))) }
                    let pause = Duration.nanoseconds(Int64(exponential(mean: hold * 1e6)))
                    group.addTask {
                        let checkout = try await Self.checkout(of: engine, since: start, pause)
                        recorded.append(checkout)
                    }
                }
                try await group.waitForAll()
            }
        }
        let checkouts = recorded.elements
        try Trace(checkouts).write(to: trace)
        printToStandardError("\(checkouts.count) checkouts recorded in \(trace)")
    }

    private static func checkout(
        of engine: Engine,
        since start: UInt64,
        _ pause: Duration
    ) async throws -> RecordedCheckout {
        let asked = monotonicNanoseconds()
        var got = asked
        var given = asked
        try await engine.withConnection { _ in
            got = monotonicNanoseconds()
            try await Task.sleep(for: pause)
            given = monotonicNanoseconds()
        }
        return RecordedCheckout(
            arrival: Int(asked - start) / 1000,
            hold: Int(given - got) / 1000,
            wait: Int(got - asked) / 1000
        )
    }

    private func exponential(mean: Double) -> Double {
        -mean * logarithm(Double.random(in: Double.leastNonzeroMagnitude..<1))
    }
}
