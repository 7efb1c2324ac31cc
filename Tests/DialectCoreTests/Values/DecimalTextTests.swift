import DialectCore
import Foundation
import Testing

@Suite struct DecimalTextTests {
    @Test(arguments: [
        "0", "-0", "1", "-1", "12.5", "-12.340", "0.1", ".5", "5.", "007", "+3", "1e5", "1E5", "1e+5", "1.5e-3",
        "99999999999999999999999999999999999999", "-99999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000001", "123456789012345678.12345678901234567890", "1e89",
        "100000000000000000000000000000000000000000000000000", "1.00000000000000000000000000000000000000000000000000",
        "0.000000000000000000000000000000000000000000000000000",
    ])
    func readsNumbersExactly(text: String) throws {
        let decimal = try #require(Decimal(exactly: text))
        // Written out and read again, it is the same number.
        #expect(Decimal(exactly: decimal.description) == decimal)
        #expect(decimal == Decimal(string: text))
    }

    @Test(arguments: [
        "", " ", ".", "-", "+", "--1", "+-1", "1 ", " 1", "1,5", "1.2.3", "e5", "1e", "1e5x", "1e1.5", "1x", "x",
        "0x10",
        "nan", "NaN", "inf", "infinity", "١٢", "1_000", "1\0",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(Decimal(exactly: text) == nil)
    }

    @Test(arguments: [
        "123456789012345678901234567890123456789", "0.123456789012345678901234567890123456789",
        "100000000000000000000000000000000000001e1", "1e200", "1e-200", "1e99999999999999999999",
        "1e-99999999999999999999", "1.000000000000000000000000000000000000000000000000001",
    ])
    func refusesWhatWouldBeRounded(text: String) {
        #expect(Decimal(exactly: text) == nil)
    }
}
