#if PostgreSQL
import DialectCore
import Foundation
import Testing

@testable import DialectPostgreSQL

@Suite struct PostgreSQLValuesTests {
    private func code(_ value: SQLValue, as type: PostgreSQLType) -> DatabaseError.Code? {
        do throws(DatabaseError) {
            _ = try PostgreSQLValue(value, as: type, at: "Parameter 1")
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [
        (SQLValue.integer(32_768), PostgreSQLType.int2), (.integer(-32_769), .int2), (.integer(1 << 31), .int4),
        (.integer((1 << 53) + 1), .float8), (.integer((1 << 24) + 1), .float4), (.integer(-1), .oid),
        (.double(0.1), .float4), (.timestamp(Timestamp(microsecondsSinceEpoch: .min)), .timestamptz),
        (.timestamp(Timestamp(microsecondsSinceEpoch: .max)), .timestamp),
    ])
    func whatDoesNotFitIsOutOfRange(value: SQLValue, type: PostgreSQLType) {
        let outcome = code(value, as: type)
        // The greatest timestamp is a time that PostgreSQL has.
        let fits = value == .timestamp(Timestamp(microsecondsSinceEpoch: .max))
        #expect(outcome == (fits ? nil : .valueOutOfRange))
    }

    @Test(arguments: [
        (SQLValue.text("a\0b"), PostgreSQLType.text), (.text("a"), .bytea), (.double(1.5), .numeric),
        (.double(1), .int4),
        (.bool(true), .int4), (.integer(1), .bool), (.bytes([1]), .text), (.json("1\0"), .json),
        (.decimal(Decimal(15)), .int8), (.decimal(.nan), .numeric),
        (.timestamp(Timestamp(microsecondsSinceEpoch: 1)), .date), (.uuid(UUID()), .int8),
    ])
    func whatWouldBeChangedIsRefused(value: SQLValue, type: PostgreSQLType) {
        #expect(code(value, as: type) == .valueNotRepresentable)
    }

    @Test(arguments: [
        (SQLValue.integer(32_767), PostgreSQLType.int2), (.integer(.min), .int8), (.integer(.max), .numeric),
        (.double(.nan), .float4), (.double(-.infinity), .float8), (.double(0.5), .float4), (.text(""), .jsonb),
        (.bytes([]), .bytea), (.null, .int4), (.integer(5), PostgreSQLType(rawValue: 20_000)),
    ])
    func whatFitsIsSent(value: SQLValue, type: PostgreSQLType) { #expect(code(value, as: type) == nil) }

    @Test(
        arguments: [
            ([0, 0, 0, 0], "0"), ([0, 0, 0, 2], "0.00"), ([1, 0, 0x4000, 0, 5], "-5"), ([1, 1, 0, 0, 1], "10000"),
            ([1, 0xFFFF, 0, 4, 1], "0.0001"), ([1, 0xFFFE, 0, 5, 1000], "0.00001"), ([2, 0, 0, 1, 1, 5000], "1.5"),
            ([3, 1, 0, 2, 12, 3456, 7800], "123456.78"), ([0, 0, 0xC000, 0], "NaN"), ([0, 0, 0xD000, 0], "Infinity"),
            ([0, 0, 0xF000, 0], "-Infinity"),
        ] as [([UInt16], String)]
    )
    func theBinaryFormOfANumericIsRead(words: [UInt16], text: String) {
        let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        var read: [UInt8] = []
        #expect(bytes.withUnsafeBytes { PostgreSQLNumeric.appendText(of: $0, to: &read) })
        #expect(String(decoding: read, as: UTF8.self) == text)
    }

    @Test(arguments: [[], [0, 1], [0, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0x12, 0, 0, 0]] as [[UInt8]])
    func brokenNumericsAreRefused(bytes: [UInt8]) {
        var read: [UInt8] = []
        #expect(!bytes.withUnsafeBytes { PostgreSQLNumeric.appendText(of: $0, to: &read) })
    }

    @Test func timesAreCountedFromTheYear2000() throws {
        let first = try #require(Timestamp("2000-01-01 00:00:00.000001"))
        #expect(PostgreSQLTime.count(of: first) == 1)
        for text in ["0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999", "1999-12-31 23:59:59.999999"] {
            let timestamp = try #require(Timestamp(text))
            let count = try #require(PostgreSQLTime.count(of: timestamp))
            #expect(PostgreSQLTime.timestamp(count: count)?.description == text)
        }
        #expect(PostgreSQLTime.timestamp(count: .max) == nil && PostgreSQLTime.timestamp(count: .min) == nil)
        #expect(PostgreSQLTime.dateText(days: -1) == "1999-12-31" && PostgreSQLTime.dateText(days: .max) == nil)
        #expect(PostgreSQLTime.timeText(microseconds: 86_400_000_000) == "24:00:00.000000")
        #expect(PostgreSQLTime.timeText(microseconds: 3_661_000_001) == "01:01:01.000001")
        #expect(
            PostgreSQLTime.timestamp(text: "0001-01-01 00:53:28+00:53:28")?.description == "0001-01-01 00:00:00.000000"
        )
    }

    @Test func aLocksNumberNeverChanges() {
        #expect(PostgreSQLLockKey("").rawValue == Int64(bitPattern: 0xcbf2_9ce4_8422_2325))
        #expect(PostgreSQLLockKey("a").rawValue == Int64(bitPattern: 0xaf63_dc4c_8601_ec8c))
        #expect(PostgreSQLLockKey("foobar").rawValue == Int64(bitPattern: 0x8594_4171_f739_67e8))
    }

    @Test func rowsOfACopyAreEscaped() throws {
        var text = PostgreSQLCopyText(
            PostgreSQLCopyPlace(target: "t", columns: ["a", "b", "c"], types: [.text, .bytea, .timestamptz])
        )
        try text.append([.text("a\tb\\c\nd\r"), .bytes([0, 255]), .timestamp(Timestamp(microsecondsSinceEpoch: 0))])
        try text.append([.null, .null, .null])
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == "a\\tb\\\\c\\nd\\r\t\\\\x00ff\t1970-01-01 00:00:00.000000+00\n\\N\t\\N\t\\N\n"
        )
    }

    @Test func rowsOfABinaryCopyHaveTheirLengths() throws {
        var rows = PostgreSQLCopyBinary(
            PostgreSQLCopyPlace(target: "t", columns: ["a", "b", "c"], types: [.text, .int4, .jsonb])
        )
        rows.removeAll()
        try rows.append([.text("ab"), .integer(258), .json("{}")])
        try rows.append([.null, .null, .null])
        rows.appendEnd()
        #expect(
            rows.bytes == [0, 3, 0, 0, 0, 2, 97, 98, 0, 0, 0, 4, 0, 0, 1, 2, 0, 0, 0, 3, 1, 123, 125]
                + [0, 3] + Array(repeating: 255, count: 12) + [255, 255]
        )
    }

    @Test func aCopyIsBinaryWhereEveryTypeAndValueHasTheForm() {
        #expect(PostgreSQLCopyBinary.suits([[.integer(1), .text("a")]], of: [.int8, .varchar]))
        #expect(PostgreSQLCopyBinary.suits([], of: [.uuid, .timestamptz]))
        #expect(!PostgreSQLCopyBinary.suits([[.integer(1)]], of: [.numeric]))
        // An enum's number is its database's own.
        #expect(!PostgreSQLCopyBinary.suits([[.text("a")]], of: [PostgreSQLType(rawValue: 16_400)]))
        #expect(!PostgreSQLCopyBinary.suits([[.null], [.text("2026-01-01")]], of: [.date]))
    }

    @Test func textAmongValuesOfABinaryColumnIsRefused() {
        var rows = PostgreSQLCopyBinary(PostgreSQLCopyPlace(target: "t", columns: ["a"], types: [.int4]))
        let error = #expect(throws: DatabaseError.self) { try rows.append([.text("1")]) }
        #expect(error?.code == .valueNotRepresentable)
        #expect(error?.message.contains("row 1 for column 'a'") ?? false)
    }
}
#endif
