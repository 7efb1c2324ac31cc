import Testing

@testable import DialectEngine

@Suite struct OpenBackoffTests {
    private let start = PoolInstant(nanoseconds: 1_000_000_000)

    @Test func withoutAFailureAnyNumberMayOpen() {
        #expect(OpenBackoff().allowsOpening(at: start, inFlight: 100))
    }

    @Test func theWaitDoublesWithEachRoundUpToTheCap() {
        var (backoff, random) = (OpenBackoff(), SplitMix64(seed: 1))
        var now = start
        var expected = OpenBackoff.shortest
        for _ in 0..<40 {
            backoff.failed(at: now, random: &random)
            let wait = backoff.retryAt.nanoseconds - now.nanoseconds
            #expect(wait >= expected / 2 && wait <= expected)
            now = backoff.retryAt
            expected = min(expected * 2, OpenBackoff.longest)
        }
    }

    @Test func failuresOfOneRoundCountOnce() {
        var (backoff, random) = (OpenBackoff(), SplitMix64(seed: 1))
        backoff.failed(at: start, random: &random)
        let retryAt = backoff.retryAt
        backoff.failed(at: start, random: &random)
        #expect(backoff.failures == 1)
        #expect(backoff.retryAt == retryAt)
    }

    @Test func aProbeIsAllowedAfterTheWaitAndAlone() {
        var (backoff, random) = (OpenBackoff(), SplitMix64(seed: 1))
        backoff.failed(at: start, random: &random)
        #expect(!backoff.allowsOpening(at: start, inFlight: 0))
        #expect(backoff.allowsOpening(at: backoff.retryAt, inFlight: 0))
        #expect(!backoff.allowsOpening(at: backoff.retryAt, inFlight: 1))
    }

    @Test func aSuccessEndsTheBackoff() {
        var (backoff, random) = (OpenBackoff(), SplitMix64(seed: 1))
        backoff.failed(at: start, random: &random)
        backoff.succeeded()
        #expect(backoff.allowsOpening(at: start, inFlight: 3))
    }
}
