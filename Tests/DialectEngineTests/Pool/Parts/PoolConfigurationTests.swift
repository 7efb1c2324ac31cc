import DialectCore
import Testing

@Suite struct PoolConfigurationTests {
    @Test func theDefaultsAreValid() throws {
        let pool = try PoolConfiguration().validated()
        #expect(pool.maximumSize == 5)
        #expect(pool.maximumOverflow == 10)
        #expect(pool.checkoutTimeout == .seconds(30))
        #expect(pool.maximumAge == .seconds(300))
    }

    @Test(arguments: [
        (PoolConfiguration(maximumSize: 0), "maximumSize is 0"),
        (PoolConfiguration(minimumSize: -1), "minimumSize is -1"),
        (PoolConfiguration(minimumSize: 6), "minimumSize is 6"),
        (PoolConfiguration(maximumOverflow: -1), "maximumOverflow is -1"),
        (PoolConfiguration(maximumSize: 90_000, maximumOverflow: 20_000), "110000; it must be at most 100000"),
        (PoolConfiguration(maximumSize: .max, maximumOverflow: .max), "it must be at most 100000"),
        (PoolConfiguration(checkoutTimeout: .zero), "checkoutTimeout is 0.0 seconds"),
        (PoolConfiguration(idleTimeout: .zero), "idleTimeout is 0.0 seconds"),
        (PoolConfiguration(maximumAge: .seconds(-1)), "maximumAge is -1.0 seconds"),
        (PoolConfiguration(ageJitter: 1), "ageJitter is 1.0"),
        (PoolConfiguration(ageJitter: -0.1), "ageJitter is -0.1"),
        (PoolConfiguration(ageJitter: .nan), "ageJitter is nan"),
        (PoolConfiguration(pingAfterIdle: .seconds(-1)), "pingAfterIdle is -1.0 seconds"),
        (PoolConfiguration(connectTimeout: .zero), "connectTimeout is 0.0 seconds"),
    ])
    func aSettingOutOfRangeIsNamedWithItsValue(pool: PoolConfiguration, part: String) throws {
        let error = try #require(throws: DatabaseError.self) { try pool.validated() }
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains(part), "\(error.message)")
    }
}
