import Testing

@testable import AuthFort

@Suite struct BreachRangeCacheTests {
    private let range: BreachRange

    init() throws {
        range = try #require(BreachRange(Array("0018A45C4D1DEF81644B54AB7F969B88D65:1".utf8)))
    }

    @Test func aRangeIsKeptForItsLifetime() {
        var cache = BreachRangeCache(lifetime: .seconds(300))
        cache.insert(range, for: "5BAA6", now: .seconds(10))
        #expect(cache.range(for: "5BAA6", now: .seconds(309)) == range)
        #expect(cache.range(for: "5BAA6", now: .seconds(310)) == nil)
        #expect(cache.range(for: "5BAA7", now: .seconds(10)) == nil)
    }

    @Test func theOneThatExpiresNextMakesRoom() {
        var cache = BreachRangeCache(capacity: 2, lifetime: .seconds(300))
        cache.insert(range, for: "00000", now: .seconds(1))
        cache.insert(range, for: "00001", now: .seconds(2))
        cache.insert(range, for: "00000", now: .seconds(3))
        cache.insert(range, for: "00002", now: .seconds(4))
        #expect(cache.count == 2)
        #expect(cache.range(for: "00001", now: .seconds(5)) == nil)
        #expect(cache.range(for: "00000", now: .seconds(5)) != nil)
        #expect(cache.range(for: "00002", now: .seconds(5)) != nil)
    }

    @Test func fiveHundredAndTwelveRangesAreKeptByDefault() {
        var cache = BreachRangeCache(lifetime: .seconds(300))
        for number in 0..<600 { cache.insert(range, for: "\(number)", now: .milliseconds(number)) }
        #expect(cache.count == 512)
    }

    @Test func aLifetimeOfZeroKeepsNothing() {
        var cache = BreachRangeCache(lifetime: .zero)
        cache.insert(range, for: "5BAA6", now: .zero)
        #expect(cache.count == 0)
    }
}
