#if MySQL
import DialectCore
import DialectMySQL
import Testing

@Suite struct MySQLNormalizationTests {
    /// A type as people write it, and as the information schema does.
    @Test(arguments: [
        ("INTEGER", "int(11)"), ("INTEGER", "int"), ("BOOL", "tinyint(1)"), ("NUMERIC(10, 2)", "decimal(10,2)"),
        ("INT UNSIGNED", "int(10) unsigned"), ("BIGINT AUTO_INCREMENT", "bigint(20) AUTO_INCREMENT"),
        ("double precision", "double"), ("ENUM('a','B')", "enum('a','B')"), ("LONGTEXT", "longtext"),
    ])
    func typesAreWhatTheServerPrints(_ written: String, _ printed: String) {
        #expect(type(written) == type(printed))
    }

    @Test func typesThatDifferStayDifferent() {
        let spellings = [
            "int", "int unsigned", "bigint", "tinyint(1)", "tinyint(4)", "enum('a')", "enum('b')", "text", "longtext",
        ]
        #expect(Set(spellings.map(type)).count == spellings.count)
    }

    @Test func restrictIsNoAction() {
        let key = ForeignKey(["a"], references: "t", ["a"], onDelete: .restrict, onUpdate: .cascade)
        let normalized = MySQLDialect().normalized(Table("t", columns: [], foreignKeys: [key])).foreignKeys[0]
        #expect((normalized.onDelete, normalized.onUpdate) == (.noAction, .cascade))
    }

    @Test(arguments: [("10.11.6-MariaDB", "UUID"), ("10.5.1-MariaDB", "CHAR(32)"), ("8.0.36", "CHAR(32)")])
    func aServersVersionDecidesTheTypeOfIdentities(_ version: String, _ type: String) throws {
        #expect(try MySQLDialect().refined(for: version).spelling(of: .uuid) == type)
    }

    @Test func whatIsNoVersionIsRefused() {
        let error = #expect(throws: DatabaseError.self) { try MySQLDialect().refined(for: "newest") }
        #expect(error?.message.contains("SELECT VERSION()") == true)
    }

    /// A condition as people write it, and as MariaDB and MySQL print it.
    @Test(arguments: [
        ("s <> 'it''s'", #"`s` <> 'it\'s'"#, #"(`s` <> _utf8mb4\'it\\\'s\')"#),
        ("s NOT IN ('z')", "`s` <> 'z'", #"(`s` <> _utf8mb4\'z\')"#),
        ("s IN ('z')", "`s` = 'z'", #"(`s` = _utf8mb4\'z\')"#),
        ("lower(s) in ('a', 'b')", "lcase(`s`) in ('a','b')", #"(lower(`s`) in (_utf8mb4\'a\',_utf8mb4\'b\'))"#),
    ])
    func conditionsAreWhatTheServersPrint(_ written: String, _ mariaDB: String, _ mySQL: String) {
        #expect(condition(written) == condition(mariaDB))
        #expect(condition(written) == condition(mySQL))
    }

    private func condition(_ text: String) -> String {
        let table = Table("t", columns: [], checkConstraints: [CheckConstraint(unsafe: text)])
        return MySQLDialect().normalized(table).checkConstraints[0].condition
    }

    private func type(_ spelling: String) -> ColumnType {
        MySQLDialect().normalized(Table("t", columns: [Column("a", .native(spelling))])).columns[0].type
    }
}
#endif
