#if SQLite
import DialectCore
import DialectSQLite
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteErrorsTests {
    private static let schema = [
        "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, UNIQUE (a, b), CHECK (b <> 'no'))",
        "CREATE TABLE c (p INTEGER REFERENCES p, n INTEGER CONSTRAINT positive CHECK (n > 0))",
        "CREATE TABLE k (a TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE s (n INTEGER) STRICT",
        "CREATE UNIQUE INDEX ix_lower ON c (lower(p))",
        "CREATE TRIGGER tr BEFORE DELETE ON k BEGIN SELECT RAISE(ABORT, 'kept'); END",
        "INSERT INTO p VALUES (1, 'x', 'y')", "INSERT INTO c VALUES (1, 1)", "INSERT INTO k VALUES ('k')",
    ]

    @Test(
        arguments: [
            ("INSERT INTO p VALUES (1, 'z', 'z')", DatabaseError.Code.uniqueViolation, "p", ["id"], nil),
            ("INSERT INTO p VALUES (2, 'x', 'y')", .uniqueViolation, "p", ["a", "b"], nil),
            ("INSERT INTO k VALUES ('k')", .uniqueViolation, "k", ["a"], nil),
            ("INSERT INTO c VALUES (1, 2)", .uniqueViolation, nil, [], "ix_lower"),
            ("INSERT INTO c VALUES (7, 1)", .foreignKeyViolation, nil, [], nil),
            ("DELETE FROM p", .foreignKeyViolation, nil, [], nil),
            ("INSERT INTO p (id) VALUES (3)", .notNullViolation, "p", ["a"], nil),
            ("INSERT INTO c VALUES (NULL, 0)", .checkViolation, nil, [], "positive"),
            ("UPDATE p SET b = 'no'", .checkViolation, nil, [], "b <> 'no'"),
            ("DELETE FROM k", .checkViolation, nil, [], nil),
            ("INSERT INTO p (id, a) VALUES ('text', 'a')", .valueOutOfRange, nil, [], nil),
            ("INSERT INTO s VALUES ('text')", .valueOutOfRange, nil, [], nil),
            ("SELECT abs(-9223372036854775808)", .valueOutOfRange, nil, [], nil),
            ("SELECT zeroblob(2000000000)", .valueOutOfRange, nil, [], nil),
            ("SELECT * FROM absent", .undefinedObject, "absent", [], nil),
            ("SELECT * FROM main.absent", .undefinedObject, "absent", [], nil),
            ("SELECT absent FROM p", .undefinedObject, nil, ["absent"], nil),
            ("SELECT p.absent FROM p", .undefinedObject, nil, ["absent"], nil),
            ("INSERT INTO p (absent) VALUES (1)", .undefinedObject, nil, [], nil),
            ("SELECT absent(1)", .undefinedObject, nil, [], nil),
            ("DROP INDEX absent", .undefinedObject, nil, [], nil),
            ("CREATE TABLE p (a)", .duplicateObject, nil, [], nil),
            ("CREATE INDEX ix_lower ON p (a)", .duplicateObject, nil, [], nil),
            ("ALTER TABLE p ADD COLUMN a", .duplicateObject, nil, [], nil),
            ("SELEKT 1", .syntaxError, nil, [], nil), ("SELECT (", .syntaxError, nil, [], nil),
            ("SELECT 1 WHERE max(1)", .syntaxError, nil, [], nil),
            ("INSERT INTO p VALUES (1)", .syntaxError, nil, [], nil),
            ("SELECT a FROM p AS x, p AS y", .syntaxError, nil, [], nil),
            ("COMMIT", .invalidTransactionState, nil, [], nil), ("ROLLBACK", .invalidTransactionState, nil, [], nil),
            ("RELEASE x", .invalidTransactionState, nil, [], nil),
        ] as [(Statement, DatabaseError.Code, String?, [String], String?)]
    )
    func anErrorHasItsPortableCode(
        statement: Statement,
        code: DatabaseError.Code,
        table: String?,
        columns: [String],
        constraint: String?
    ) async throws {
        try await withFile { connection in
            for sql in Self.schema { try await connection.execute(Statement(unsafe: sql)) }
            let error = try await failure { try await connection.execute(statement) }
            #expect(error.code == code, "\(error.debugDescription)")
            #expect(error.table == table)
            #expect(error.columns == columns)
            #expect(error.constraint == constraint)
            #expect(error.vendorCode != nil && error.serverMessage != nil && error.statement != nil)
            let holdsSlot = await connection.holdsSlot
            #expect(!holdsSlot)
            let next = try await scalar("SELECT 1", as: Int.self, connection)
            #expect(next == 1)
        }
    }

    @Test(arguments: [
        (1, DatabaseError.Code.other), (3, .permissionDenied), (4, .invalidTransactionState), (5, .lockTimeout),
        (261, .lockTimeout), (517, .serializationFailure), (6, .lockTimeout), (262, .lockTimeout), (7, .other),
        (8, .readOnlyViolation), (264, .readOnlyViolation), (1032, .connectionLost), (9, .cancelled), (10, .other),
        (266, .other), (11, .storageCorrupt), (267, .storageCorrupt), (13, .storageFull), (14, .connectionFailed),
        (526, .connectionFailed), (15, .lockTimeout), (18, .valueOutOfRange), (19, .other), (20, .valueOutOfRange),
        (23, .permissionDenied), (26, .storageCorrupt), (275, .checkViolation), (787, .foreignKeyViolation),
        (1299, .notNullViolation), (1555, .uniqueViolation), (1811, .checkViolation), (2067, .uniqueViolation),
        (2579, .uniqueViolation), (3091, .valueOutOfRange),
    ])
    func eachResultCodeHasAPortableOne(native: Int, code: DatabaseError.Code) {
        let error = SQLiteDialect().error(for: NativeError(code: native, message: "of secret 'hunter2'"))
        #expect(error.code == code)
        #expect(error.vendorCode == native)
        #expect(!error.description.contains("hunter2"))
        #expect(error.debugDescription.contains("hunter2"))
    }

    @Test func theDescriptionHoldsNoBoundValue() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a TEXT UNIQUE)")
            try await connection.execute("INSERT INTO t VALUES (\("hunter2"))")
            let error = try await failure { try await connection.execute("INSERT INTO t VALUES (\("hunter2"))") }
            #expect(error.code == .uniqueViolation)
            #expect(!error.description.contains("hunter2") && !error.debugDescription.contains("hunter2"))
        }
    }

    @Test func aFullDatabaseIsReportedWithItsPath() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.execute("PRAGMA max_page_count = 10")
            let error = try await failure { try await connection.execute("INSERT INTO t VALUES (zeroblob(100000))") }
            #expect(error.code == .storageFull)
            #expect(error.message.contains("test.db"))
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == 0)
        }
    }
}
#endif
