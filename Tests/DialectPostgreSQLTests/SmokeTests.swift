#if PostgreSQL
import DialectCore
import Foundation
import Logging
import Testing

@testable import DialectPostgreSQL

@Suite struct SmokeTests {
    func open(_ extra: String = "") async throws -> PostgreSQLConnection {
        let url = try DatabaseURL("postgresql://postgres@127.0.0.1:55471/postgres" + extra)
        return try await PostgreSQLConnector(options: PostgreSQLOptions(url), logger: Logger(label: "t")).open()
    }

    @Test func works() async throws {
        let c = try await open()
        let r = try await c.execute("SELECT \(5), \("a"), \(1.5), \(true), \(UUID()), \(Timestamp.now), \([UInt8]([1, 2]))")
        for cell in 0..<7 { print(try r.rows[0].cell(at: cell).value) }
        let d = Decimal(string: "-12345678901234567890.000123")!
        print(try await c.execute("SELECT \(d), 0.00001::numeric, 10000::numeric, 123456789.5::numeric, '{1,2}'::int[], now()").rows[0].cell(at: 0).value)
        for i in 0..<3 { print(try await c.execute("SELECT \(i)::int4").rows[0].decode(Int.self)) }
        try await c.execute("CREATE TEMP TABLE t (id int2 PRIMARY KEY, name text, f4 float4)")
        print(try await c.execute("INSERT INTO t VALUES (\(1), \("x"), \(0.5))").affectedRows)
        do { try await c.execute("INSERT INTO t VALUES (\(100000), \("x"), \(0.5))") } catch { print(error) }
        do { try await c.execute("INSERT INTO t VALUES (\(1), \("x"), \(0.5))") } catch { print(String(reflecting: error)) }
        do { try await c.execute("SELECT 1; SELECT 2") } catch { print(String(reflecting: error)) }
        do { try await c.execute("SELEC 1") } catch { print(String(reflecting: error)) }
        try await c.begin(.init())
        do { try await c.begin(.init()) } catch { print(error) }
        do { try await c.execute("SELECT 1/0") } catch { print(error) }
        do { try await c.execute("SELECT 1") } catch { print(error) }
        do { try await c.commit() } catch { print(error) }
        try await c.ping()
        try await c.reset()
        do { try await c.execute("SELECT * FROM t") } catch { print(error) }
        let task = Task { try await c.execute("SELECT pg_sleep(60)") }
        try await Task.sleep(for: .milliseconds(100))
        let start = ContinuousClock.now
        task.cancel()
        do { _ = try await task.value } catch { print(error, ContinuousClock.now - start) }
        try await c.ping()
        await c.close()
        do { try await c.ping() } catch { print(error) }
        do { _ = try await open("?command_timeout=0.2").execute("SELECT pg_sleep(60)") } catch { print(error) }
    }
}
#endif
