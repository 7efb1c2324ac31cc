#if PostgreSQL
import DialectCore
import Testing

@testable import DialectPostgreSQL

@Suite struct PostgreSQLStatementTests {
    private func statement(_ sql: String, _ types: [PostgreSQLType] = []) -> PostgreSQLStatement {
        PostgreSQLStatement(
            key: sql,
            name: "n_\(sql)",
            sql: sql,
            command: PostgreSQLCommand(sql),
            types: types,
            reader: nil
        )
    }

    @Test func theLeastRecentlyUsedStatementGoesFirst() {
        var cache = PostgreSQLStatementCache(capacity: 2)
        cache.insert(statement("a"))
        cache.insert(statement("b"))
        #expect(cache.statement(for: "a") != nil)
        cache.insert(statement("c"))
        #expect(cache.statement(for: "b") == nil)
        #expect(cache.statement(for: "a") != nil && cache.statement(for: "c") != nil)
        #expect(cache.takeDropped(atLeast: 2).isEmpty)
        #expect(cache.takeDropped(atLeast: 1) == ["n_b"])
        #expect(cache.takeDropped(atLeast: 1).isEmpty)
    }

    @Test(arguments: [
        ("SELECT 1", true), ("CREATE TABLE t (a int)", false), ("BEGIN", false), ("with x as (select 1) table x", true),
        ("-- hi\n /* there */ (SELECT 1)", true), ("SELECT '\(String(repeating: "x", count: 20_000))'", false),
    ])
    func onlyWhatIsRunAgainIsKept(sql: String, isKept: Bool) {
        #expect(PostgreSQLStatementCache(capacity: 1).keeps(sql, PostgreSQLCommand(sql)) == isKept)
        #expect(!PostgreSQLStatementCache(capacity: 0).keeps(sql, PostgreSQLCommand(sql)))
    }

    @Test(arguments: [
        ("SET search_path = x", true), ("LISTEN a", true), ("SELECT set_config('a.b', '1', false)", true),
        ("CREATE TEMP TABLE t (a int)", true), ("SELECT pg_advisory_lock(1)", true), ("DO $$ BEGIN END $$", true),
        ("SELECT temperature FROM rooms", false), ("INSERT INTO t VALUES (1)", false),
        ("SELECT pg_advisory_xact_lock(1)", false), ("CREATE TABLE t (a int)", false), ("PREPARE p AS SELECT 1", true),
    ])
    func whatStaysInTheSessionIsNoticed(sql: String, changes: Bool) {
        #expect(PostgreSQLCommand(sql).changesSession == changes)
    }

    @Test(arguments: [
        ("SELECT 1", true), ("VALUES (1)", true), ("WITH a AS (SELECT 1) SELECT * FROM a", true),
        ("WITH a AS (DELETE FROM t RETURNING x) SELECT * FROM a", false), ("INSERT INTO t VALUES (1) RETURNING a", false),
        ("SHOW work_mem", false), ("SELECT 1 INTO t", false),
    ])
    func aCursorIsForWhatOnlyReads(sql: String, hasCursor: Bool) {
        #expect(PostgreSQLCommand(sql).hasCursor == hasCursor)
    }

    @Test func untypedParametersAreDeclaredByTheirValues() {
        let untyped = statement("SELECT $1, $2", [.text, .int4])
        #expect(untyped.declarations(for: [.text("a"), .integer(1)]) == nil)
        #expect(untyped.declarations(for: [.integer(1), .integer(1)]) == [.int8, .unspecified])
        #expect(untyped.declarations(for: [.null, .null]) == nil)
    }
}
#endif
