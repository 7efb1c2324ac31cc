import DialectCore
import Foundation
import Testing

@Suite struct DecodingTests {
    private static let identity = UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E") ?? UUID()
    private enum Role: String, SQLDecodable { case admin, member }
    private enum Plain: String, Decodable { case admin }

    private func decode<Value: SQLDecodable>(_ type: Value.Type, _ value: SQLValue) throws -> Value {
        try row(value).decode(type, at: 0)
    }

    private func code<Value: SQLDecodable>(_ type: Value.Type, _ value: SQLValue) throws -> DatabaseError.Code {
        let row = try row(value)
        let error = try #require(throws: DatabaseError.self) { _ = try row.decode(type, at: 0) }
        #expect(error.columns == ["a"])
        return error.code
    }

    @Test func integersFitOrAreRefused() throws {
        #expect(try decode(Int8.self, .integer(-128)) == -128)
        #expect(try decode(UInt64.self, .integer(.max)) == UInt64(Int64.max))
        #expect(try code(Int8.self, .integer(128)) == .valueOutOfRange)
        #expect(try code(UInt.self, .integer(-1)) == .valueOutOfRange)
        #expect(try code(Int.self, .double(1)) == .decodingFailed)
        #expect(try code(Int.self, .text("1")) == .decodingFailed)
    }

    @Test func booleansAreZeroAndOne() throws {
        #expect(try decode(Bool.self, .bool(true)) && decode(Bool.self, .integer(1)))
        #expect(try !decode(Bool.self, .integer(0)))
        #expect(try code(Bool.self, .integer(2)) == .decodingFailed)
        #expect(try code(Bool.self, .text("true")) == .decodingFailed)
    }

    @Test func floatingPointNumbersAreNotRounded() throws {
        #expect(try decode(Double.self, .double(0.1)) == 0.1)
        #expect(try decode(Double.self, .integer(1 << 53)) == 9_007_199_254_740_992)
        #expect(try code(Double.self, .integer(1 << 53 + 1)) == .valueOutOfRange)
        #expect(try decode(Float.self, .double(0.5)) == 0.5)
        #expect(try decode(Float.self, .double(.infinity)) == .infinity)
        #expect(try decode(Float.self, .double(.nan)).isNaN)
        #expect(try code(Float.self, .double(0.1)) == .valueOutOfRange)
    }

    @Test func textIsUTF8() throws {
        #expect(try decode(String.self, .text("naïve")) == "naïve")
        #expect(try decode(String.self, .json("{}")) == "{}")
        #expect(try decode(String.self, .decimal(Decimal(12.5))) == "12.5")
        #expect(try code(String.self, .integer(1)) == .decodingFailed)
        #expect(try code(String.self, .bytes([65])) == .decodingFailed)
        var builder = RowsBuilder(columns: ResultColumns([ResultColumn(name: "a")]))
        builder.append(.text, [0xFF])
        let invalid = try #require(builder.finish().first)
        let error = try #require(throws: DatabaseError.self) { _ = try invalid.decode(String.self, at: 0) }
        #expect(error.code == .decodingFailed)
        #expect(try invalid.decode(SQLValue.self, at: 0) == .bytes([0xFF]))
    }

    @Test(arguments: [
        SQLValue.uuid(identity), .text("0f8fad5bd9cb469fa16570867728950e"), .text("0F8FAD5BD9CB469FA16570867728950E"),
        .text("0f8fad5b-d9cb-469f-a165-70867728950e"),
        .bytes([0x0F, 0x8F, 0xAD, 0x5B, 0xD9, 0xCB, 0x46, 0x9F, 0xA1, 0x65, 0x70, 0x86, 0x77, 0x28, 0x95, 0x0E]),
    ])
    func uuidsHaveSeveralForms(value: SQLValue) throws {
        #expect(try decode(UUID.self, value) == Self.identity)
    }

    @Test(arguments: [
        SQLValue.text(""), .text("0f8fad5bd9cb469fa16570867728950"), .text("0f8fad5bd9cb469fa16570867728950g"),
        .text("0f8fad5b+d9cb-469f-a165-70867728950e"), .text("0f8fad5bd-9cb-469f-a165-70867728950e"),
        .text("-f8fad5bd9cb469fa16570867728950e----"), .bytes([1, 2]), .integer(1), .null,
    ])
    func whatIsNoUUIDIsRefused(value: SQLValue) throws {
        #expect(try code(UUID.self, value) == .decodingFailed)
    }

    @Test func timesComeFromTextToo() throws {
        let time = Timestamp(microsecondsSinceEpoch: 1_500_000)
        #expect(try decode(Timestamp.self, .timestamp(time)) == time)
        #expect(try decode(Timestamp.self, .text("1970-01-01 00:00:01.500000")) == time)
        #expect(try decode(Date.self, .text("1970-01-01T00:00:01.5Z")) == Date(timeIntervalSince1970: 1.5))
        #expect(try code(Timestamp.self, .text("soon")) == .decodingFailed)
        #expect(try code(Timestamp.self, .integer(0)) == .decodingFailed)
    }

    @Test func decimalsAreExact() throws {
        #expect(try decode(Decimal.self, .integer(.min)) == Decimal(Int64.min))
        #expect(try decode(Decimal.self, .text("12.50")) == Decimal(string: "12.5"))
        #expect(try code(Decimal.self, .double(0.5)) == .decodingFailed)
        #expect(try code(Decimal.self, .text("a lot")) == .decodingFailed)
        #expect(try code(Decimal.self, .text(String(repeating: "9", count: 39))) == .valueOutOfRange)
        #expect(try code(Decimal.self, .text("1e200")) == .valueOutOfRange)
    }

    @Test func bytesAreBytes() throws {
        #expect(try decode([UInt8].self, .bytes([1])) == [1])
        #expect(try decode(Data.self, .bytes([])) == Data())
        #expect(try code(Data.self, .text("x")) == .decodingFailed)
    }

    @Test func optionalsAndRawValues() throws {
        #expect(try decode(Int?.self, .null) == nil)
        #expect(try decode(Int?.self, .integer(1)) == 1)
        #expect(try decode(Role.self, .text("member")) == .member)
        #expect(try decode(Role?.self, .null) == nil)
        #expect(try code(Role.self, .text("owner")) == .decodingFailed)
        #expect(try code(Int.self, .null) == .decodingFailed)
    }

    @Test func jsonComesFromTextAndBytes() throws {
        for value in [SQLValue.json("[1,2]"), .text("[1,2]"), .bytes(Array("[1,2]".utf8))] {
            #expect(try decode(JSON<[Int]>.self, value).value == [1, 2])
        }
        #expect(try code(JSON<[Int]>.self, .text("{")) == .decodingFailed)
        #expect(try code(JSON<[Int]>.self, .text("[\"x\"]")) == .decodingFailed)
        #expect(try code(JSON<Int>.self, .integer(1)) == .decodingFailed)
    }

    @Test func tuplesAreReadInOrder() throws {
        let row = try row(.uuid(Self.identity), .text("x"), .null)
        let (identity, text, missing) = try row.decode(UUID.self, String.self, Int?.self)
        #expect(identity == Self.identity && text == "x" && missing == nil)
        let error = try #require(throws: DatabaseError.self) {
            _ = try row.decode(UUID.self, String.self, Int?.self, Int.self)
        }
        #expect(error.code == .decodingFailed)
    }

    /// Types that are both SQLDecodable and Decodable are read from the cell, not through their coding form.
    @Test func aSingleTypeIsReadFromTheFirstCell() throws {
        let identity = try row(.text("0f8fad5bd9cb469fa16570867728950e"))
        #expect(try identity.decode(UUID.self) == Self.identity)
        let inferred: UUID = try identity.decode()
        #expect(inferred == Self.identity)
        #expect(try row(.text("1970-01-01 00:00:00")).decode(Date.self) == Date(timeIntervalSince1970: 0))
        #expect(try row(.null).decode(Int?.self) == nil)
        #expect(try row(.text("admin")).decode(Role.self) == .admin)
        #expect(try row(.integer(7)).decode(SQLValue.self) == .integer(7))
    }

    @Test func errorsNameTheColumnAndNeverTheValue() throws {
        let row = try row(.text("hunter2"))
        let error = try #require(throws: DatabaseError.self) { _ = try row.decode(Int.self, at: 0) }
        #expect(error.message.contains("'a'") && error.message.contains("text") && error.message.contains("Int"))
        #expect(!error.debugDescription.contains("hunter2"))
    }
}
