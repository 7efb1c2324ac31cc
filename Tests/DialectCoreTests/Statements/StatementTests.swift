import DialectCore
import Foundation
import Logging
import Testing

@Suite struct StatementTests {
    private struct Spelled: Equatable { var sql: String, parameters: [SQLValue] }

    private func spelled(_ statement: Statement) throws -> Spelled {
        Spelled(sql: try statement.sql(for: Numbering()), parameters: statement.parameters)
    }

    @Test func interpolationBinds() throws {
        let name: String? = nil
        #expect(
            try spelled("SELECT \(1), \("x'; DROP TABLE t"), \(name), \(true)")
                == Spelled(
                    sql: "SELECT $1, $2, $3, $4",
                    parameters: [.integer(1), .text("x'; DROP TABLE t"), .null, .bool(true)]
                )
        )
    }

    @Test func identifiersAreQuotedByTheDialect() throws {
        let table = Identifier("t", schema: "s")
        #expect(
            try spelled("SELECT \(identifier: "a>b"), \(identifiers: ["x", "y"]) FROM \(identifier: table)").sql
                == "SELECT <a>>b>, <x>, <y> FROM <s>.<t>"
        )
    }

    @Test func listsHaveCommas() throws {
        #expect(
            try spelled("a IN (\(values: [1, 2, 3])) AND b = \("z")")
                == Spelled(
                    sql: "a IN ($1, $2, $3) AND b = $4",
                    parameters: [.integer(1), .integer(2), .integer(3), .text("z")]
                )
        )
        #expect(try spelled("a IN (\(values: [Int]()))") == Spelled(sql: "a IN (NULL)", parameters: []))
        #expect(try spelled("(\(identifiers: [String]()))").sql == "()")
    }

    @Test func statementsNestAndAreNumberedThrough() throws {
        let condition: Statement = "a = \(1) AND \(identifier: "b") = \(2)"
        let whole: Statement = "SELECT \(0) WHERE \(condition) OR \(condition) LIMIT \(9)"
        #expect(
            try spelled(whole)
                == Spelled(
                    sql: "SELECT $1 WHERE a = $2 AND <b> = $3 OR a = $4 AND <b> = $5 LIMIT $6",
                    parameters: [0, 1, 2, 1, 2, 9].map(SQLValue.integer)
                )
        )
    }

    @Test func unsafeTextIsSentAsItIs() throws {
        let direction = "DESC"
        #expect(try spelled("ORDER BY a \(unsafe: direction)") == Spelled(sql: "ORDER BY a DESC", parameters: []))
        #expect(try spelled(Statement(unsafe: "SELECT $1")).sql == "SELECT $1")
        #expect(try spelled(Statement()).sql == "")
    }

    @Test func aValueThatCannotBeBoundIsThrownWhenTheTextIsMade() throws {
        let inner: Statement = "a = \(UInt64.max)"
        for statement in [inner, "SELECT \(1) WHERE \(inner)", "\(values: [1, UInt64.max])"] as [Statement] {
            let error = try #require(throws: DatabaseError.self) { _ = try statement.sql(for: Numbering()) }
            #expect(error.code == .valueNotRepresentable)
        }
    }

    @Test func theDescriptionHasNoValues() {
        let statement: Statement = "SELECT \("hunter2") FROM \(identifier: "t")"
        #expect(statement.description == #"SELECT ? FROM "t""#)
        #expect(!"\(statement)".contains("hunter2"))
    }

    @Test func identifiersDescribeThemselves() {
        #expect(Identifier("t", schema: "s").description == "s.t")
        #expect(("t" as Identifier).description == "t")
    }
}

/// Writes `$1` and `<name>`, which no other dialect does.
private struct Numbering: Dialect {
    static let name = "Numbering"
    static let schemes: [String] = []
    let features: Set<DialectFeature> = []

    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }
    func quote(_ identifier: Identifier) -> String {
        [identifier.schema, identifier.name].compactMap(\.self)
            .map { "<\($0.replacingOccurrences(of: ">", with: ">>"))>" }
            .joined(separator: ".")
    }
    func placeholder(at position: Int) -> String { "$\(position)" }
    func literal(_ value: SQLValue) throws(DatabaseError) -> String {
        guard case .text(let text) = value else { throw DatabaseError(.valueNotRepresentable, "Only text is written.") }
        return "{\(text)}"
    }
    func spelling(of type: ColumnType) -> String { "" }
    func statements(for operation: SchemaOperation, in model: SchemaModel) -> [Statement] { [] }
    func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, native.message) }
    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        throw DatabaseError(.connectionFailed, "There is no database.")
    }
}
