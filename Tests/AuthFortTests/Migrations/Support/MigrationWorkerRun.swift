import Foundation
import TestSupport

/// A run of `Tests/MigrationWorker`.
struct MigrationWorkerRun {
    enum Moment: String, CaseIterable { case before, after }

    let arguments: [String]

    /// - Parameters:
    ///   - url: The database.
    ///   - chain: `authfort` or `shop`.
    ///   - target: Where to go; down when it begins with `-`.
    ///   - fault: The call at which the process sends itself a signal.
    ///   - isForgetful: Whether the migrator has no journal and no catalog.
    init(
        _ url: String,
        chain: String = "authfort",
        to target: String = "head",
        fault: (moment: Moment, call: Int, signal: Int32)? = nil,
        isForgetful: Bool = false
    ) {
        arguments =
            [url, chain, target] + (fault.map { [$0.moment.rawValue, "\($0.call)", "\($0.signal)"] } ?? [])
            + (isForgetful ? ["forgetful"] : [])
    }

    func run() async throws -> BuiltProduct.Outcome {
        try await BuiltProduct("MigrationWorker").run(arguments)
    }

    /// How many calls of its connection a run to the end makes.
    func calls() async throws -> Int {
        let output = try await run().output
        let words = output.split(whereSeparator: \.isWhitespace)
        guard words.first == "calls", let calls = Int(words[1]) else {
            throw Failure(description: "the worker did not count its calls: \(output)")
        }
        return calls
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

/// A call of a migrator's connection, and whether it is killed before it or after it.
struct CrashPoint: CustomStringConvertible {
    let moment: MigrationWorkerRun.Moment
    let call: Int

    var description: String { "\(moment) call \(call)" }

    /// Points in a run of so many calls: all of them with `MIGRATION_CRASH_STRIDE=1`, a sample unless told.
    static func points(in calls: Int) -> [CrashPoint] {
        let stride = ProcessInfo.processInfo.environment["MIGRATION_CRASH_STRIDE"].flatMap { Int($0) } ?? 12
        // The moments take turns, so that a sample has more places.
        return (0..<(2 * calls)).filter { $0 % max(1, stride) == 0 }.map { index in
            CrashPoint(moment: index.isMultiple(of: 2) ? .before : .after, call: index / 2 + 1)
        }
    }
}
