import Testing

@testable import DialectEngine

@Suite struct PoolInstantTests {
    @Test(
        arguments: [(Duration, Int64)]([
            (.zero, 0), (.nanoseconds(1), 1), (.seconds(-2), -2_000_000_000), (.milliseconds(1500), 1_500_000_000),
            (.seconds(Int64.max), Int64.max), (.seconds(Int64.min), Int64.min),
            (.seconds(9_223_372_036), 9_223_372_036_000_000_000),
        ])
    )
    func durationsBecomeNanosecondsOrSaturate(duration: Duration, nanoseconds: Int64) {
        #expect(duration.saturatingNanoseconds == nanoseconds)
    }

    @Test func aSumThatDoesNotFitIsTheDistantFuture() {
        #expect(PoolInstant(nanoseconds: 5).advanced(by: .max) == .distantFuture)
        #expect(PoolInstant(nanoseconds: 5).advanced(by: 2) == PoolInstant(nanoseconds: 7))
    }
}
