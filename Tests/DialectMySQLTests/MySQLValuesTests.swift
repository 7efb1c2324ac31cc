#if MySQL
import DialectCore
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable)) struct MySQLValuesTests {
    private func returned(_ value: SQLValue, from type: String) async throws -> SQLValue {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (v \(unsafe: type))")
            try await connection.execute("INSERT INTO t VALUES (\(value))")
            return try await connection.value("SELECT v FROM t", as: SQLValue.self)
        }
    }

    @Test(arguments: [
        (SQLValue.integer(.min), "BIGINT"), (.integer(.max), "BIGINT"), (.integer(-1), "TINYINT"),
        (.integer(-32768), "SMALLINT"), (.integer(8_388_607), "MEDIUMINT"), (.integer(-2_147_483_648), "INT"),
        (.integer(255), "TINYINT UNSIGNED"), (.integer(65535), "SMALLINT UNSIGNED"),
        (.integer(4_294_967_295), "INT UNSIGNED"), (.integer(2155), "YEAR"), (.integer(5), "BIT(3)"),
        (.double(0), "DOUBLE"), (.double(.leastNonzeroMagnitude), "DOUBLE"),
        (.double(1.7976931348623157e308), "DOUBLE"),
        (.double(0.1), "DOUBLE"), (.double(0.5), "FLOAT"),
        (.text(""), "VARCHAR(10)"), (.text("a\0b"), "VARCHAR(10)"), (.text("🦆é"), "TEXT"),
        (.text("2026-02-28"), "DATE"), (.text("-12:30:05"), "TIME"), (.text("b"), "ENUM('a', 'b')"),
        (.text("a,b"), "SET('a', 'b')"), (.bytes([]), "BLOB"), (.bytes([0, 255, 39, 92]), "VARBINARY(10)"),
        (.json("{\"a\": [1.0, null]}"), "JSON"), (.null, "INT"),
    ])
    func aValueSurvivesItsColumn(_ value: SQLValue, _ type: String) async throws {
        let back = try await returned(value, from: type)
        #expect(back == value)
        if case .double(let number) = value, case .double(let other) = back {
            #expect(number.bitPattern == other.bitPattern)
        }
    }

    @Test(arguments: ["-12345678901234567890123456789012345678", "0.00000000000000000000000000000000000001", "0.5"])
    func aDecimalSurvivesOrIsRefused(_ text: String) async throws {
        let value = SQLValue.decimal(try #require(Decimal(exactly: text)))
        let digits = text.split(separator: ".").last?.count ?? 0
        let isRefused = text.contains(".") && digits > 30
        let error = await failure {
            let back = try await returned(value, from: text.contains(".") ? "DECIMAL(65, 30)" : "DECIMAL(38, 0)")
            #expect(back == value)
        }
        #expect((error?.code == .valueNotRepresentable) == isRefused)
    }

    @Test(arguments: ["DATETIME(6)", "TIMESTAMP(6)"])
    func aTimestampKeepsItsMicroseconds(_ type: String) async throws {
        let value = SQLValue.timestamp(try #require(Timestamp("2026-02-19 08:30:00.123456")))
        #expect(try await returned(value, from: type) == value)
    }

    @Test(arguments: ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"])
    func aDateTimeReachesFromTheYear1To9999(_ text: String) async throws {
        let value = SQLValue.timestamp(try #require(Timestamp(text)))
        #expect(try await returned(value, from: "DATETIME(6)") == value)
    }

    @Test(arguments: [
        SQLValue.double(.nan), .double(.infinity), .double(-0.0), .timestamp(Timestamp(microsecondsSinceEpoch: .max)),
    ])
    func whatTheServerCannotHoldIsRefused(_ value: SQLValue) async throws {
        #expect(await failure { try await returned(value, from: "TEXT") }?.code == .valueNotRepresentable)
    }

    @Test func aZeroDateIsNoTimestamp() async throws {
        try await withConnection { connection in
            try await connection.execute("SET SESSION sql_mode = ''")
            try await connection.execute("CREATE TABLE t (v DATETIME)")
            try await connection.execute("INSERT INTO t VALUES ('0000-00-00 00:00:00')")
            let rows = try await connection.execute("SELECT v FROM t").rows
            #expect(try rows[0].decode(String.self) == "0000-00-00 00:00:00")
            #expect(await failure { try rows[0].decode(Timestamp.self) }?.code == .decodingFailed)
        }
    }

    @Test func anUnsignedIntegerBeyondInt64IsADecimal() async throws {
        try await withConnection { connection in
            let value = try await connection.value("SELECT 18446744073709551615", as: SQLValue.self)
            #expect(value == .decimal(Decimal(UInt64.max)))
        }
    }

    @Test(arguments: ["UUID", "CHAR(32)"])
    func aUUIDSuitsBothKindsOfColumn(_ type: String) async throws {
        let id = try #require(UUID(uuidString: "7c5f7d2e-1b3a-4c5d-8e9f-00112233aabb"))
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (id \(unsafe: type) PRIMARY KEY, n INT)")
            try await connection.execute("INSERT INTO t VALUES (\(id), 1)")
            try await connection.execute("INSERT INTO t SELECT REPLACE(UUID(), '-', ''), 1 FROM seq_1_to_500")
            #expect(try await connection.value("SELECT id FROM t WHERE id = \(id)", as: UUID.self) == id)
            #expect(
                try await connection.value("SELECT COUNT(*) FROM t WHERE id IN (\(id), \(UUID()))", as: Int.self) == 1
            )
            let plan = try await connection.execute("EXPLAIN SELECT n FROM t WHERE id = \(id)").rows
            #expect(try plan[0].decode(String.self, named: "key") == "PRIMARY")
            if type == "CHAR(32)" {
                #expect(
                    try await connection.value("SELECT id FROM t WHERE id = \(id)", as: String.self) == id.hexadecimal
                )
            }
        }
    }

    /// What a chain adds has to reference what it has made, and what another one has.
    @Test(arguments: [("UUID", nil), ("CHAR(32)", "CHAR(32)"), ("CHAR(33)", nil)])
    func newUUIDColumnsAreLikeThoseThatAreThere(type: String, spelling: String?) async throws {
        let key = ForeignKey(["user_id"], references: "users", ["id"])
        var model = SchemaModel()
        model.add(Table("pets", columns: [Column("user_id", .uuid), Column("digest", .uuid)], foreignKeys: [key]))
        try await withConnection { connection in
            let session = try #require(connection as? any SchemaSuiting)
            try await connection.execute("CREATE TABLE users (id \(unsafe: type) PRIMARY KEY, digest CHAR(32))")
            #expect(try await session.dialect(suiting: model)?.spelling(of: .uuid) == spelling)
            // One column with the server's own type, and the rest may stay as it is.
            try await connection.execute("CREATE TABLE pets (user_id \(unsafe: type), digest UUID)")
            #expect(try await session.dialect(suiting: model)?.spelling(of: .uuid) == nil)
        }
    }

    @Test func aBooleanIsAnInteger() async throws {
        #expect(try await returned(.bool(true), from: "BOOLEAN") == .integer(1))
        try await withConnection { connection in
            let isOn = try await connection.value("SELECT \(false)", as: Bool.self)
            #expect(!isOn)
        }
    }

    @Test func aLongBlobSurvives() async throws {
        let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try await returned(.bytes(bytes), from: "LONGBLOB") == .bytes(bytes))
    }

    @Test func whatIsLargerThanThePacketLimitIsRefusedBeforeItIsSent() async throws {
        try await withConnection { connection in
            let bytes = [UInt8](repeating: 1, count: 17_000_000)
            let error = await failure { try await connection.execute("SELECT LENGTH(\(bytes))") }
            #expect(error?.code == .valueOutOfRange)
            let one = try await connection.value("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
    }
}
#endif
