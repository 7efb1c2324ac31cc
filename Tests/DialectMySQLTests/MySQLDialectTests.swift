#if MySQL
import DialectCore
import Testing

@testable import DialectMySQL

@Suite struct MySQLDialectTests {
    @Test(arguments: ["mysql", "mysql+aiomysql", "mariadb", "mariadb+aiomysql"])
    func theDialectIsFoundByItsSchemes(_ scheme: String) throws {
        #expect(try DialectRegistry.linked().dialect(for: scheme) is MySQLDialect)
    }

    @Test func identifiersAreQuotedWithBackticks() {
        let dialect = MySQLDialect()
        #expect(dialect.quote("users") == "`users`")
        #expect(dialect.quote(Identifier("a`b", schema: "s`")) == "`s```.`a``b`")
        #expect(dialect.placeholder(at: 3) == "?")
    }

    @Test(arguments: [
        ("10.11.19-MariaDB-0+deb12u1", MySQLServer.Product.mariaDB, 10, 11, 19),
        ("5.5.5-10.4.1-MariaDB-log", .mariaDB, 10, 4, 1), ("11.4.2-MariaDB", .mariaDB, 11, 4, 2),
        ("8.0.36", .mySQL, 8, 0, 36), ("8.4.0-commercial", .mySQL, 8, 4, 0), ("5.7.44-log", .mySQL, 5, 7, 44),
    ])
    func aServerIsKnownByItsVersion(
        _ text: String,
        _ product: MySQLServer.Product,
        _ major: Int,
        _ minor: Int,
        _ patch: Int
    ) {
        #expect(MySQLServer(versionText: text) == MySQLServer(product, .init(major, minor, patch)))
    }

    @Test(arguments: ["", "postgres", "x.y"]) func whatIsNoVersionIsNoServer(_ text: String) {
        #expect(MySQLServer(versionText: text) == nil)
    }

    @Test func featuresFollowTheServer() {
        let old = MySQLDialect(server: MySQLServer(.mariaDB, .init(10, 6))).features
        let new = MySQLDialect(server: MySQLServer(.mariaDB, .init(10, 11))).features
        let oracle = MySQLDialect(server: MySQLServer(.mySQL, .init(8, 0))).features
        #expect(!old.contains(.nativeUUID) && new.contains(.nativeUUID) && !oracle.contains(.nativeUUID))
        #expect(old.contains(.returning) && !oracle.contains(.returning))
        #expect(!old.contains(.descendingIndexes) && new.contains(.descendingIndexes))
        #expect(oracle.contains(.descendingIndexes))
        #expect(MySQLDialect().features.isSubset(of: old))
        #expect(MySQLDialect().features.isSubset(of: oracle))
    }
}

@Suite struct MySQLStatementTextTests {
    @Test(arguments: [
        ("SELECT 1", "SELECT"), ("  \n(select 1)", "SELECT"), ("/* a */ -- b\n# c\nInsert INTO t", "INSERT"),
        ("/*!50000 SET */ x", ""), ("", ""), ("WITH a AS (SELECT 1) SELECT * FROM a", "WITH"),
    ])
    func theVerbIsTheFirstWord(_ sql: String, _ verb: String) {
        #expect(MySQLStatementText(sql).verb == verb)
    }

    @Test(arguments: [
        ("SELECT 1", false), ("SELECT @a := 1", true), ("SELECT GET_LOCK('a', 0)", true),
        ("INSERT INTO t VALUES (?)", false),
        ("SET sql_mode = ''", true), ("CREATE TABLE t (a INT)", false), ("CREATE TEMPORARY TABLE t (a INT)", true),
        ("create  temporary table t (a int)", true), ("USE other", true), ("LOCK TABLES t READ", true),
        ("CALL p()", true),
        ("SHOW TABLES", false), ("START TRANSACTION", false), ("COMMIT AND CHAIN", true), ("PREPARE s FROM 'x'", true),
        ("/*!50000 SET @a = 1 */", true), ("HANDLER t OPEN", true),
    ])
    func whatMayLeaveSomethingInTheSessionIsKnown(_ sql: String, _ changes: Bool) {
        #expect(MySQLStatementText(sql).changesSession == changes)
    }

    @Test(arguments: [
        ("CREATE TABLE t (a INT)", true), ("INSERT INTO t VALUES (1)", false), ("ROLLBACK", false),
        ("SAVEPOINT a", false), ("TRUNCATE t", true),
    ])
    func whatCommitsIsKnown(_ sql: String, _ commits: Bool) {
        #expect(MySQLStatementText(sql).commitsImplicitly == commits)
    }
}
#endif
