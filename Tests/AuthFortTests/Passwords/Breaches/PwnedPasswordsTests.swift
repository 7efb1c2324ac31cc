import Locking
import Testing

@testable import AuthFort

@Suite(.timeLimit(.minutes(1))) struct PwnedPasswordsTests {
    /// SHA-1 of `password` is 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    private static let breached = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n"

    /// Answers from a table, never answers, or fails; and counts.
    private final class Source: BreachRangeSource {
        enum Behaviour: Sendable {
            case answer(String)
            case fail
            case hang
        }
        struct Failure: Error {}
        struct State: Sendable {
            var behaviour: Behaviour
            var asked: [String] = []
            var inside = 0
            var isShutDown = false
        }

        let state: Monitor<State>

        init(_ behaviour: Behaviour) { state = Monitor(State(behaviour: behaviour)) }

        var asked: [String] { state.withLock { $0.asked } }
        var inside: Int { state.withLock { $0.inside } }

        func range(for prefix: String) async throws -> BreachRange {
            let behaviour = state.withLock { state in
                state.asked.append(prefix)
                state.inside += 1
                return state.behaviour
            }
            defer { state.withLock { $0.inside -= 1 } }
            switch behaviour {
            case .answer(let body): return try #require(BreachRange(Array(body.utf8)))
            case .fail: throw Failure()
            case .hang:
                // Ends when the task is cancelled.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                throw CancellationError()
            }
        }

        func shutdown() async { state.withLock { $0.isShutDown = true } }
    }

    @Test func aPasswordOfTheCollectionIsBreached() async {
        let source = Source(.answer(Self.breached))
        let pwned = PwnedPasswords(.init(), source: source, clock: ManualClock())
        #expect(await pwned.check("password") == .breached)
        #expect(source.asked == ["5BAA6"])
    }

    @Test(arguments: ["1E4C9B93F3F0682250B6CF8331B7EE68FD8:0\r\n", "00000000000000000000000000000000000:3"])
    func paddingAndOtherPasswordsAreNoBreach(_ body: String) async {
        let pwned = PwnedPasswords(.init(), source: Source(.answer(body)), clock: ManualClock())
        #expect(await pwned.check("password") == .notFound)
    }

    @Test func aFailureIsUnreachableAndIsNotCached() async {
        let source = Source(.fail)
        let pwned = PwnedPasswords(.init(), source: source, clock: ManualClock())
        #expect(await pwned.check("password") == .unreachable)
        source.state.withLock { $0.behaviour = .answer(Self.breached) }
        #expect(await pwned.check("password") == .breached)
    }

    @Test func anAnswerIsUsedAgainUntilItExpires() async {
        let source = Source(.answer(Self.breached))
        let clock = ManualClock()
        let pwned = PwnedPasswords(.init(), source: source, clock: clock)
        #expect(await pwned.check("password") == .breached)
        clock.advance(by: .seconds(299))
        #expect(await pwned.check("password") == .breached)
        #expect(source.asked.count == 1)
        clock.advance(by: .seconds(1))
        #expect(await pwned.check("password") == .breached)
        #expect(source.asked.count == 2)
    }

    @Test func aLookupThatTakesTooLongIsUnreachableAndIsCancelled() async throws {
        let source = Source(.hang)
        let clock = ManualClock()
        let pwned = PwnedPasswords(.init(), source: source, clock: clock)
        async let outcome = pwned.check("password")
        try await until { source.inside == 1 && clock.sleeperCount == 1 }
        clock.advance(by: .milliseconds(1999))
        #expect(source.inside == 1)
        clock.advance(by: .milliseconds(1))
        #expect(await outcome == .unreachable)
        #expect(source.inside == 0)
    }

    @Test func noMoreLookupsThanAllowedRunAtOnceAndTheWaitCountsAsTime() async throws {
        var lookup = AuthFortConfiguration.BreachLookup()
        lookup.maximumConcurrency = 2
        let source = Source(.hang)
        let clock = ManualClock()
        let pwned = PwnedPasswords(lookup, source: source, clock: clock)
        let outcomes = try await withThrowingTaskGroup(of: PwnedPasswords.Outcome.self) { group in
            for number in 0..<10 { group.addTask { await pwned.check("password \(number)") } }
            try await until { source.inside == 2 && pwned.waitingCount == 8 && clock.sleeperCount == 10 }
            clock.advance(by: .seconds(2))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .unreachable, count: 10))
        #expect(pwned.waitingCount == 0)
    }

    @Test func aCancelledTaskGetsUnreachableAtOnce() async throws {
        let source = Source(.hang)
        let pwned = PwnedPasswords(.init(), source: source, clock: ManualClock())
        let task = Task { await pwned.check("password") }
        try await until { source.inside == 1 }
        task.cancel()
        #expect(await task.value == .unreachable)
    }

    @Test func shutdownEndsTheSource() async {
        let source = Source(.fail)
        await PwnedPasswords(.init(), source: source, clock: ManualClock()).shutdown()
        #expect(source.state.withLock { $0.isShutDown })
    }
}
