#if PostgreSQL
import DialectCore
import Foundation
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLConnectionTests {
    private static let instants = [
        "0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999",
        "2026-02-19 08:30:00.123456",
    ]

    private static let beyondTheYear9999InKathmandu = Timestamp(instants[1]).map(SQLValue.timestamp)

    private static let values: [(SQLValue, String)] =
        [
            (.bool(true), "bool"), (.bool(false), "bool"), (.integer(.min), "int8"), (.integer(.max), "int8"),
            (.integer(-32_768), "int2"), (.integer(2_147_483_647), "int4"), (.double(-0.0), "float8"),
            (.double(.infinity), "float8"), (.double(.leastNonzeroMagnitude), "float8"), (.double(0.5), "float4"),
            (.text(""), "text"), (.text("𝄞 ü\u{1}"), "varchar(20)"),
            (.bytes([]), "bytea"), (.bytes([0, 255, 92, 0]), "bytea"), (.uuid(UUID()), "uuid"),
            (.json("{\"a\": 1,  \"b\":[null]}"), "json"), (.json("{\"a\": 1}"), "jsonb"), (.null, "int4"),
            (.null, "text"),
        ]
        + ["12345678901234567890123456789012345678", "-0.00012345"].map { text in
            (Decimal(exactly: text).map(SQLValue.decimal) ?? .null, "numeric")
        }
        + instants.flatMap { text in
            let time = Timestamp(text).map(SQLValue.timestamp) ?? .null
            return [(time, "timestamptz"), (time, "timestamp")]
        }

    @Test func everyValueComesBackUnchanged() async throws {
        try await withSession { connection in
            try await connection.execute("SET TimeZone = 'Asia/Kathmandu'")
            for (value, type) in Self.values {
                try await connection.execute("CREATE TABLE one (v \(unsafe: type))")
                try await connection.execute("INSERT INTO one VALUES (\(value))")
                let read = try await scalar("SELECT v FROM one", as: SQLValue.self, connection)
                #expect(read == value, "\(type)")
                if case .double(let double) = value, case .double(let other) = read {
                    #expect(double.bitPattern == other.bitPattern)
                }
                // The same in the text format, which an array beside it asks for.
                let inText: Statement = "SELECT v, ARRAY[1] FROM one"
                if type == "timestamptz", value == Self.beyondTheYear9999InKathmandu {
                    let error = try await failure { try await connection.execute(inText) }
                    #expect(error.code == .decodingFailed)
                } else {
                    let text = try await scalar(inText, as: SQLValue.self, connection)
                    #expect(text == value, "\(type) as text")
                }
                try await connection.execute("DROP TABLE one")
            }
        }
    }

    @Test func aBareParameterKeepsItsKind() async throws {
        try await withSession { connection in
            for (value, _) in Self.values {
                let read = try await scalar("SELECT \(value)", as: SQLValue.self, connection)
                #expect(read == value)
            }
        }
    }

    @Test func randomDecimalsComeBackUnchanged() async throws {
        try await withSession { connection in
            for _ in 0..<200 {
                let digits = (0..<Int.random(in: 1...38)).map { _ in String(Int.random(in: 0...9)) }.joined()
                let point = Int.random(in: 0...digits.count)
                let text = (Bool.random() ? "-" : "") + digits.prefix(point) + "." + digits.dropFirst(point)
                let value = try #require(Decimal(exactly: text))
                let read = try await scalar("SELECT \(value)::numeric", as: Decimal.self, connection)
                #expect(read == value, "\(text)")
            }
        }
    }

    @Test func sixteenMegabytesComeBack() async throws {
        try await withSession { connection in
            let bytes = (0..<(16 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let read = try await scalar("SELECT \(bytes)", as: [UInt8].self, connection)
            #expect(read == bytes)
        }
    }

    @Test func infiniteTimesAreRefused() async throws {
        try await withSession { connection in
            let error = try await failure { try await connection.execute("SELECT 'infinity'::timestamptz AS t") }
            #expect(error.code == .decodingFailed && error.columns == ["t"])
            try await connection.ping()
        }
    }

    @Test func outOfRangeValuesChangeNothing() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE small (v int2)")
            let error = try await failure { try await connection.execute("INSERT INTO small VALUES (\(40_000))") }
            #expect(error.code == .valueOutOfRange)
            #expect(try await scalar("SELECT count(*) FROM small", as: Int.self, connection) == 0)
        }
    }

    @Test func typesOfExtensionsAreText() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TYPE mood AS ENUM ('fine', 'low')")
            try await connection.execute("CREATE TABLE people (id int4, m mood, a int4[])")
            try await connection.execute("INSERT INTO people VALUES (\(1), \("low"), \("{1,2}"))")
            let row = try #require(try await connection.execute("SELECT id, m, a FROM people").rows.first)
            #expect(try row.decode(Int.self, String.self, String.self) == (1, "low", "{1,2}"))
        }
    }

    @Test func affectedRowsAreThoseThatWereChanged() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            #expect(try await connection.execute("INSERT INTO t SELECT generate_series(1, 5)").affectedRows == 5)
            #expect(try await connection.execute("UPDATE t SET a = a WHERE a > \(2)").affectedRows == 3)
            #expect(try await connection.execute("SELECT * FROM t").affectedRows == 0)
            let deleted = try await connection.execute("DELETE FROM t WHERE a = 1 RETURNING a")
            #expect(deleted.affectedRows == 1 && deleted.rows.count == 1)
        }
    }

    @Test func severalCommandsAreRefused() async throws {
        try await withSession { connection in
            let error = try await failure { try await connection.execute("SELECT 1; SELECT 2") }
            #expect(error.code == .syntaxError)
            let copy = try await failure { try await connection.execute("COPY (SELECT 1) TO STDOUT") }
            #expect(copy.code == .unsupportedFeature)
            let missing = try await failure { try await connection.execute("SELECT $1::int4") }
            #expect(missing.code == .syntaxError)
            try await connection.ping()
        }
    }

    @Test func violationsNameTheirConstraint() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (id int4 CONSTRAINT t_key PRIMARY KEY, n text NOT NULL)")
            try await connection.execute("INSERT INTO t VALUES (1, 'a')")
            let unique = try await failure { try await connection.execute("INSERT INTO t VALUES (1, 'secret')") }
            #expect(unique.code == .uniqueViolation && unique.constraint == "t_key" && unique.table == "t")
            #expect(!unique.description.contains("secret"))
            let null = try await failure { try await connection.execute("INSERT INTO t VALUES (2, NULL)") }
            #expect(null.code == .notNullViolation && null.columns == ["n"])
        }
    }

    @Test func aStalePlanIsPreparedAgain() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            try await connection.execute("INSERT INTO t VALUES (1)")
            for _ in 0..<2 { try await connection.execute("SELECT * FROM t WHERE a = \(1)") }
            try await connection.execute("ALTER TABLE t ADD b text DEFAULT 'x'")
            let rows = try await connection.execute("SELECT * FROM t WHERE a = \(1)").rows
            #expect(rows.columns.count == 2 && rows.count == 1)
            try await connection.execute("DISCARD ALL")
            #expect(try await connection.execute("SELECT * FROM t WHERE a = \(1)").rows.count == 1)
            try await connection.execute("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$")
            #expect(try await connection.execute("SELECT * FROM t WHERE a = \(1)").rows.count == 1)
        }
    }

    @Test func droppedStatementsAreForgottenByTheServer() async throws {
        try await withSession(options: "?statement_cache_size=4") { connection in
            for number in 0..<60 { try await connection.execute("SELECT \(unsafe: String(number))") }
            let count = try await scalar("SELECT count(*) FROM pg_prepared_statements", as: Int.self, connection)
            #expect(count <= 4 + 16)
        }
    }

    @Test func withoutACacheNothingStaysOnTheServer() async throws {
        try await withSession(options: "?statement_cache_size=0") { connection in
            for _ in 0..<3 { #expect(try await scalar("SELECT \(7)", as: Int.self, connection) == 7) }
            let count = try await scalar(
                "SELECT count(*) FROM pg_prepared_statements WHERE name <> ''",
                as: Int.self,
                connection
            )
            #expect(count == 0)
        }
    }

    @Test func resetLeavesNothingBehind() async throws {
        try await withSession { connection in
            let zone = try await scalar("SHOW TimeZone", as: String.self, connection)
            try await connection.begin(.readWrite)
            try await connection.execute("CREATE TABLE lost (a int4)")
            try await connection.reset()
            try await connection.execute("SET TimeZone = 'Asia/Kathmandu'")
            try await connection.execute("CREATE TEMP TABLE mine (a int4)")
            _ = try await connection.tryLock("x", for: .session)
            try await connection.listen(on: "c")
            try await connection.reset()
            #expect(try await scalar("SHOW TimeZone", as: String.self, connection) == zone)
            let tables = try await scalar(
                "SELECT count(*) FROM pg_class WHERE relname IN ('mine', 'lost')",
                as: Int.self,
                connection
            )
            let locks = try await scalar(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
                as: Int.self,
                connection
            )
            let channels = try await scalar("SELECT count(*) FROM pg_listening_channels()", as: Int.self, connection)
            #expect(tables == 0 && locks == 0 && channels == 0)
        }
    }

    @Test func aClosedConnectionSaysSo() async throws {
        try await withSession { connection in
            let running = Task { try await connection.execute("SELECT pg_sleep(60)") }
            try await waitUntil { connection.control.isRunning }
            await connection.close()
            #expect(try await failure { try await running.value }.code == .connectionClosed)
            #expect(try await failure { try await connection.ping() }.code == .connectionClosed)
        }
    }
}
#endif
