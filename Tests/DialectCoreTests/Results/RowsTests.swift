import DialectCore
import Foundation
import Testing

/// One row with these values, in columns `a`, `b` and so on.
func row(_ values: SQLValue...) throws -> Row {
    let names = "abcdefghijklmnop".prefix(values.count).map { ResultColumn(name: String($0)) }
    var rows = RowsBuilder(columns: ResultColumns(names))
    for value in values { rows.append(value) }
    return try #require(rows.finish().first)
}

extension RowsBuilder {
    mutating func append(_ value: SQLValue) {
        switch value {
        case .null: appendNull()
        case .bool(let bool): append(bool)
        case .integer(let integer): append(integer)
        case .double(let double): append(double)
        case .timestamp(let timestamp): append(timestamp)
        case .decimal(let decimal): append(.decimal, Array(decimal.description.utf8))
        case .text(let text): append(.text, Array(text.utf8))
        case .json(let text): append(.json, Array(text.utf8))
        case .bytes(let bytes): append(.bytes, bytes)
        case .uuid(let uuid): append(.uuid, withUnsafeBytes(of: uuid.uuid) { Array($0) })
        }
    }

    mutating func append(_ kind: CellKind, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append(kind, bytes: $0) }
    }
}

@Suite struct RowsTests {
    @Test(arguments: [
        SQLValue.null, .bool(true), .bool(false), .integer(.min), .double(-0.0), .double(.infinity),
        .decimal(Decimal(12.5)),
        .text(""), .text("naïve\0☕️"), .bytes([]), .bytes([0, 255]), .uuid(UUID()),
        .timestamp(Timestamp(microsecondsSinceEpoch: .min)), .json("{}"),
    ])
    func aCellGivesItsValueBack(value: SQLValue) throws {
        let row = try row(.text("before"), value, .bytes([1]))
        #expect(try row.decode(SQLValue.self, at: 1) == value)
        #expect(try row.decode(SQLValue.self, at: 0) == .text("before"))
        #expect(try row.decode(SQLValue.self, at: 2) == .bytes([1]))
    }

    @Test func rowsAreInOrder() throws {
        var builder = RowsBuilder(columns: ResultColumns([ResultColumn(name: "n"), ResultColumn(name: "t")]))
        for number in 0..<1000 as Range<Int64> {
            builder.append(number)
            builder.append(.text, Array("\(number)".utf8))
        }
        #expect(builder.rowCount == 1000)
        #expect(builder.byteCount == 2890)
        let rows = builder.finish()
        #expect(rows.count == 1000)
        #expect(try rows.map { try $0.decode(Int.self, at: 0) } == Array(0..<1000))
        #expect(try rows.reversed().first?.decode(String.self, named: "t") == "999")
    }

    @Test func noRowsAreNone() {
        #expect(Rows.none.isEmpty && Rows.none.columns.isEmpty)
        let rows = RowsBuilder(columns: ResultColumns([ResultColumn(name: "a")])).finish()
        #expect(rows.isEmpty && rows.columns.count == 1)
    }

    @Test func aNameFindsTheFirstColumnThatHasIt() throws {
        let columns = ResultColumns(["x", "y", "x", "X"].map { ResultColumn(name: $0) })
        #expect(columns.position(of: "x") == 0 && columns.position(of: "X") == 3 && columns.position(of: "z") == nil)
    }

    @Test func aMissingColumnIsNamed() throws {
        let row = try row(.integer(1), .integer(2))
        for call in [{ try row.cell(at: 2) }, { try row.cell(at: -1) }, { try row.cell(named: "z") }] {
            let error = try #require(throws: DatabaseError.self) { _ = try call() }
            #expect(error.code == .decodingFailed)
        }
        let error = try #require(throws: DatabaseError.self) { _ = try row.cell(named: "z") }
        #expect(error.message.contains("'z'") && error.message.contains("a, b"))
    }
}
