import DialectCore
import Foundation
import Testing

@Suite struct SQLEncodableTests {
    private enum Role: String, SQLEncodable, SQLDecodable { case admin }
    private enum Level: Int, SQLEncodable { case high = 3 }
    private struct Options: Codable, Equatable { var b = 1, a = "x/y" }
    private struct Unencodable: Encodable {
        func encode(to encoder: any Encoder) throws { throw CancellationError() }
    }

    @Test func eachValueBecomesItsCase() throws {
        let time = Timestamp(microsecondsSinceEpoch: 4)
        let expected: [(any SQLEncodable, SQLValue)] = [
            (true, .bool(true)), (Int8.min, .integer(-128)), (UInt64(7), .integer(7)), (Int.max, .integer(.max)),
            (1.5, .double(1.5)), (Float(0.1), .double(Double(Float(0.1)))), ("x", .text("x")),
            ("xyz".dropFirst(), .text("yz")), ([1, 2] as [UInt8], .bytes([1, 2])), (Data([3]), .bytes([3])),
            (Decimal(5), .decimal(5)), (time, .timestamp(time)),
            (Date(timeIntervalSince1970: 0.000004), .timestamp(time)), (Int?.none, .null), (Int?.some(3), .integer(3)),
            (Role.admin, .text("admin")), (Level.high, .integer(3)), (Role?.none, .null),
            (try #require(URL(string: "https://example.org/a?b#c")), .text("https://example.org/a?b#c")),
            (JSON(Options()), .json(#"{"a":"x/y","b":1}"#)), (JSON([1]), .json("[1]")), (SQLValue.null, .null),
        ]
        for (value, sql) in expected { #expect(try value.sqlValue() == sql) }
    }

    @Test func aValueWithoutACaseIsRefused() throws {
        let values: [any SQLEncodable] = [
            UInt64.max, UInt(bitPattern: Int.min), JSON(Unencodable()), JSON(Double.nan), UInt64?.some(.max),
        ]
        for value in values {
            let error = try #require(throws: DatabaseError.self) { _ = try value.sqlValue() }
            #expect(error.code == .valueNotRepresentable)
        }
    }

    @Test func uuidsHaveThirtyTwoLowerCaseDigits() throws {
        let uuid = try #require(UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E"))
        #expect(uuid.hexadecimal == "0f8fad5bd9cb469fa16570867728950e")
    }
}
