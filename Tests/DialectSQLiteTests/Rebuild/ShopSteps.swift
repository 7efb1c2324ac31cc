#if SQLite
import DialectCore
import DialectMigrations
import DialectSQLite

@testable import SQLiteFamily

/// Shops and their items: the first step makes them, the second changes the shops in a way that takes a new table.
enum Shops {
    static let name = Column("name", .string(length: 20), nullable: true)
    static let newName = Column("name", .text, nullable: true, default: .text("none"))
    static let table = Table(
        "shops",
        columns: [Column("id", .integer), name, Column("rank", .integer, default: .integer(1))],
        primaryKey: PrimaryKey(["id"]),
        checkConstraints: [CheckConstraint(unsafe: "rank >= 0", name: "ranked")]
    )
    static let items = Table(
        "items",
        columns: [Column("id", .integer), Column("shop", .integer)],
        primaryKey: PrimaryKey(["id"]),
        foreignKeys: [ForeignKey(["shop"], references: "shops", ["id"], onDelete: .cascade)]
    )
    static let indexes = [
        Index("by_name", on: "shops", [.descending("name"), "id"], unsafeCondition: "rank > 1"),
        Index("by_rank", on: "shops", ["rank"]),
    ]
    static let change = MigrationOperation.alterColumn(name, to: newName, of: "shops")

    /// A chain whose second step does this.
    static func chain(
        _ changes: [MigrationOperation] = [change],
        followedBy others: [ShopStep] = []
    ) throws -> MigrationChain {
        let making = ShopStep(
            revision: "1",
            upgrade: [.createTable(table), .createTable(items)] + indexes.map { .createIndex($0) }
        )
        return try MigrationChain(
            "shop",
            versionTable: "shop_version",
            steps: [making, ShopStep(revision: "2", parents: ["1"], upgrade: changes)] + others
        )
    }

    static func migrator(_ chain: MigrationChain, _ connection: any Connection) -> Migrator {
        Migrator(chain, dialect: SQLiteDialect(), connection: connection, logger: quiet)
    }

    /// A file with the first step, two shops, a thousand items of the first, and what these statements do besides.
    static func withFirstStep(
        _ chain: MigrationChain,
        _ statements: [String] = [],
        _ body: (SQLiteConnection, String) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            try await withConnection(connector(folder + "/shop.db")) { connection in
                try await migrator(chain, connection).upgrade(to: .revision("1"))
                let items = (1...1000).map { "(\($0), 1)" }.joined(separator: ", ")
                let all = [
                    "INSERT INTO shops (id, name, rank) VALUES (1, 'one', 1), (2, 'two', 2)",
                    "INSERT INTO items (id, shop) VALUES \(items)",
                ]
                for sql in all + statements { try await connection.execute(Statement(unsafe: sql)) }
                try await body(connection, folder)
            }
        }
    }
}

struct ShopStep: MigrationStep {
    let revision: Revision
    var parents: [Revision] = []
    let upgrade: [MigrationOperation]
    var summary: String { "step \(revision)" }
    var downgrade: [MigrationOperation] { [] }
}
#endif
