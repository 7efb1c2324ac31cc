import FoundationEssentials
import Testing

@testable import DialectEngine

/// Random exploration of the pool's state machine: 1,000,000 events over five seeds, the last of them a new one in each
/// run.
///
/// `POOL_EXPLORER_SEED` replays a seed; `POOL_EXPLORER_EVENTS` sets how many events each seed gets.
@Suite struct PoolExplorerTests {
    static let environment = ProcessInfo.processInfo.environment
    static let seeds: [UInt64] =
        if let seed = environment["POOL_EXPLORER_SEED"].flatMap({ UInt64($0) }) {
            [seed]
        } else {
            [1, 2, 3, 4, .random(in: .min ... .max)]
        }
    static let events = environment["POOL_EXPLORER_EVENTS"].flatMap { Int($0) } ?? 200_000

    @Test(arguments: seeds)
    func everyRuleHoldsAfterEveryEvent(seed: UInt64) {
        var explorer = PoolExplorer(seed: seed) { PoolStateMachine(configuration: $0, seed: $1) }
        let violation = explorer.run(events: Self.events)
        #expect(violation == nil, "\(violation.map { "\($0)" } ?? "")")
    }

    @Test func everyKindOfActionIsSeenOnTheWay() {
        var explorer = PoolExplorer(seed: 5) { PoolStateMachine(configuration: $0, seed: $1) }
        let violation = explorer.run(events: 100_000)
        #expect(violation == nil)
        #expect(explorer.seen == .all)
        #expect(explorer.restarts > 10)
    }

    @Test func aSeedAlwaysLeadsToTheSameViolation() {
        let found = (0..<2).map { _ in explore(.exceedsLimit, seed: 1)?.description }
        #expect(found[0] != nil)
        #expect(found[0] == found[1])
    }

    @Test(arguments: [
        (SabotagedPool.Sabotage.exceedsLimit, [Violation.Rule.limit]),
        (.forgetsMinimum, [.minimum]),
        (.neverExpires, [.age, .timer]),
        (.neverPings, [.ping]),
        (.timesOutLate, [.timer]),
        (.handsOutTwice, [.oneHolder]),
        (.answersNewest, [.fifo]),
        (.answersTwice, [.answeredOnce, .fifo]),
        (.forgetsWaiter, [.noIdleWhileWaiting, .statistics]),
        (.reusesOldest, [.newestFirst]),
        (.losesTimer, [.timer]),
        (.skipsReset, [.reset]),
        (.ignoresInvalidation, [.epoch]),
        (.forgetsBackoff, [.backoff]),
        (.neverDrains, [.shutdown]),
        (.overtakes, [.fifo]),
    ])
    func aBrokenRuleIsFound(sabotage: SabotagedPool.Sabotage, rules: [Violation.Rule]) throws {
        let violation = try #require(explore(sabotage, seed: 7))
        #expect(rules.contains(violation.rule), "\(violation)")
    }

    private func explore(_ sabotage: SabotagedPool.Sabotage, seed: UInt64) -> Violation? {
        var explorer = PoolExplorer(seed: seed) { SabotagedPool(sabotage, configuration: $0, seed: $1) }
        return explorer.run(events: 100_000)
    }
}
