#if PostgreSQL
import DialectCore
import TestSupport
import Testing

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLNamesTests {
    /// Names of which the server has to cut both, either or none, in one byte for each letter and in two.
    @Test(arguments: [
        ("nt", "nc"), (String(repeating: "t", count: 40), String(repeating: "c", count: 40)),
        (String(repeating: "t", count: 63), "nc"), ("nt", String(repeating: "c", count: 63)),
        (String(repeating: "ä", count: 31), String(repeating: "ö", count: 30)),
        (String(repeating: "ä", count: 20) + "b", String(repeating: "ö", count: 20)),
    ])
    func theServerGivesTheNamesThatAreDropped(table: String, column: String) async throws {
        try await withSession { connection in
            let dialect = PostgreSQLDialect()
            let name = Identifier(table)
            let other = "other"
            let made = Table(
                name,
                columns: [Column(column, .integer), Column(other, .integer)],
                primaryKey: PrimaryKey([column, other]),
                uniqueConstraints: [UniqueConstraint([column])],
                foreignKeys: [ForeignKey([column, other], references: name, [column, other])]
            )
            var operations: [SchemaOperation] = [.createTable(made)]
            operations += made.constraints.reversed().map { .dropConstraint($0, from: name) }
            operations.append(.dropTable(name))
            try await connection.begin(.readWrite)
            for operation in operations {
                for statement in try dialect.statements(for: operation, in: SchemaModel()) {
                    try await connection.execute(statement)
                }
            }
            try await connection.rollBack()
        }
    }
}
#endif
