#if SQLite
import DialectCore
import DialectSQLite
import Foundation
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteValuesTests {
    static let identity = UUID(uuidString: "0F8FAD5B-D9CB-469F-A165-70867728950E") ?? UUID()

    @Test(arguments: [
        (SQLValue.null, "null", SQLValue.null), (.bool(true), "integer", .integer(1)),
        (.bool(false), "integer", .integer(0)), (.integer(.min), "integer", .integer(.min)),
        (.integer(.max), "integer", .integer(.max)), (.double(0.1), "real", .double(0.1)),
        (.double(.greatestFiniteMagnitude), "real", .double(.greatestFiniteMagnitude)),
        (.double(.leastNonzeroMagnitude), "real", .double(.leastNonzeroMagnitude)),
        (.double(.infinity), "real", .double(.infinity)), (.double(-.infinity), "real", .double(-.infinity)),
        (.text(""), "text", .text("")), (.text("naïve ☕️ 🧑‍🚀"), "text", .text("naïve ☕️ 🧑‍🚀")),
        (.text("a\0b\0"), "text", .text("a\0b\0")), (.bytes([]), "blob", .bytes([])),
        (.bytes([0, 255, 0]), "blob", .bytes([0, 255, 0])),
        (.uuid(identity), "text", .text("0f8fad5bd9cb469fa16570867728950e")),
        (.json(#"{"a":1}"#), "text", .text(#"{"a":1}"#)),
        (.timestamp(Timestamp(microsecondsSinceEpoch: 0)), "text", .text("1970-01-01 00:00:00.000000")),
        (
            .timestamp(Timestamp(microsecondsSinceEpoch: 253_402_300_799_999_999)), "text",
            .text("9999-12-31 23:59:59.999999")
        ),
        (
            .timestamp(Timestamp(microsecondsSinceEpoch: -62_135_596_800_000_000)), "text",
            .text("0001-01-01 00:00:00.000000")
        ),
    ])
    func aValueIsStoredInItsForm(value: SQLValue, storage: String, stored: SQLValue) async throws {
        try await withMemory { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.execute("INSERT INTO t VALUES (\(value))")
            let row = try #require(try await connection.execute("SELECT a, typeof(a) FROM t").rows.first)
            #expect(try row.decode(SQLValue.self, String.self) == (stored, storage))
        }
    }

    @Test func typesSurviveTheirColumns() async throws {
        try await withMemory { connection in
            let dialect = SQLiteDialect()
            let decimal = try #require(Decimal(exactly: "12345678901234567890123456789012345.678"))
            let time = Timestamp(microsecondsSinceEpoch: 1_771_488_000_123_456)
            let digits = try #require(UUID(uuidString: "12345678-9012-3456-7890-123456789012"))
            try await roundTrip(true, .boolean, dialect, connection)
            try await roundTrip(Int64.min, .bigInteger, dialect, connection)
            try await roundTrip(2.0, .double, dialect, connection)
            try await roundTrip(1e300, .double, dialect, connection)
            try await roundTrip(decimal, .decimal(precision: 38, scale: 3), dialect, connection)
            try await roundTrip("123", .string(length: 10), dialect, connection)
            try await roundTrip("1.0", .text, dialect, connection)
            try await roundTrip([UInt8](), .bytes, dialect, connection)
            try await roundTrip([UInt8]("12".utf8), .bytes, dialect, connection)
            try await roundTrip(digits, .uuid, dialect, connection)
            try await roundTrip(time, .timestamp(), dialect, connection)
            try await roundTrip(JSON(["a": [1.5, 2]]), .json, dialect, connection)
            try await roundTrip(JSON(1), .json, dialect, connection)
            try await roundTrip(Optional<Int>.none, .integer, dialect, connection)
        }
    }

    private func roundTrip<Value: SQLEncodable & SQLDecodable & Equatable>(
        _ value: Value,
        _ type: ColumnType,
        _ dialect: SQLiteDialect,
        _ connection: SQLiteConnection
    ) async throws {
        try await connection.execute("CREATE TABLE r (a \(unsafe: dialect.spelling(of: type)))")
        try await connection.execute("INSERT INTO r VALUES (\(value))")
        let read = try await scalar("SELECT a FROM r", as: Value.self, connection)
        #expect(read == value)
        let found = try await connection.execute("SELECT 1 FROM r WHERE a IS \(value)").rows
        #expect(found.count == 1)
        try await connection.execute("DROP TABLE r")
    }

    @Test(arguments: [
        SQLValue.double(.nan), .double(.signalingNaN), .double(-0.0), .decimal(.nan),
        .decimal(.greatestFiniteMagnitude),
        .timestamp(Timestamp(microsecondsSinceEpoch: 253_402_300_800_000_000)),
        .timestamp(Timestamp(microsecondsSinceEpoch: -62_135_596_800_000_001)),
        .timestamp(Timestamp(microsecondsSinceEpoch: .max)), .timestamp(Timestamp(microsecondsSinceEpoch: .min)),
    ])
    func aValueThatWouldChangeIsRefused(value: SQLValue) async throws {
        try await withMemory { connection in
            let error = try await failure { try await connection.execute("SELECT \(1), \(value)") }
            #expect(error.code == .valueNotRepresentable)
            #expect(error.message.contains("Parameter 2"))
            let next = try await scalar("SELECT \(5)", as: Int.self, connection)
            #expect(next == 5)
        }
    }

    @Test func timesSortAsTheirText() async throws {
        try await withMemory { connection in
            try await connection.execute("CREATE TABLE t (a DATETIME)")
            let times = [0, 1, 999_999, 1_000_000, -1, 86_400_000_000, -62_135_596_800_000_000]
                .map { Timestamp(microsecondsSinceEpoch: $0) }
            for time in times { try await connection.execute("INSERT INTO t VALUES (\(time))") }
            let rows = try await connection.execute("SELECT a FROM t ORDER BY a").rows
            #expect(try rows.map { try $0.decode(Timestamp.self, at: 0) } == times.sorted())
        }
    }

    @Test func textThatIsNotUTF8ComesAsItsBytes() async throws {
        try await withMemory { connection in
            let row = try #require(try await connection.execute("SELECT CAST(x'ff41' AS TEXT)").rows.first)
            #expect(try row.decode(SQLValue.self, at: 0) == .bytes([0xFF, 0x41]))
            let error = try await failure { _ = try row.decode(String.self, at: 0) }
            #expect(error.code == .decodingFailed)
        }
    }

    @Test func aLargeBlobSurvives() async throws {
        try await withFile { connection in
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await connection.execute("CREATE TABLE t (a BLOB)")
            try await connection.execute("INSERT INTO t VALUES (\(bytes))")
            let read = try await scalar("SELECT a FROM t", as: [UInt8].self, connection)
            #expect(read == bytes)
        }
    }
}
#endif
