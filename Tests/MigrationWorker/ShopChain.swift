import DialectCore
import DialectMigrations

/// A chain whose steps change rows between their schema changes, which no catalog tells of, and make an index while others
/// write.
enum ShopChain {
    static func chain() throws -> MigrationChain {
        try MigrationChain("shop", versionTable: "shop_version", steps: [CreateItems(), SplitPrices()])
    }

    fileprivate static let items = table("items", with: "price")
    fileprivate static let sales = table("sales", with: "item")

    private static func table(_ name: String, with column: String) -> Table {
        Table(
            Identifier(name),
            columns: [Column("id", .integer), Column(column, .integer)],
            primaryKey: PrimaryKey(["id"])
        )
    }
}

private struct CreateItems: MigrationStep {
    let revision: Revision = "1"
    let parents: [Revision] = []
    let summary = "create the items"

    var upgrade: [MigrationOperation] {
        [
            .createTable(ShopChain.items),
            .statement("INSERT INTO items (id, price) VALUES (\(1), \(150))"),
            .createTable(ShopChain.sales),
            .data(summary: "add more items") { (connection) throws(DatabaseError) in
                for id in 2...3 { try await connection.execute("INSERT INTO items (id, price) VALUES (\(id), \(id))") }
            },
            .createIndex(Index("ix_items_price", on: "items", ["price"])),
        ]
    }

    var downgrade: [MigrationOperation] { [.dropTable("sales"), .dropTable("items")] }
}

private struct SplitPrices: MigrationStep {
    let revision: Revision = "2"
    let parents: [Revision] = ["1"]
    let summary = "split the prices"

    var upgrade: [MigrationOperation] {
        [
            .addColumn(Column("cents", .integer, nullable: true), to: "items"),
            // Run twice, it would take the cents for the price.
            .statement("UPDATE items SET cents = price, price = price / 100"),
            .renameColumn("price", of: "items", to: "euros"),
            // Where a database makes indexes while others write, it does so outside of transactions.
            .createIndex(Index("ix_items_cents", on: "items", ["cents"]), concurrently: true),
            .dropTable("sales"),
            .statement("INSERT INTO items (id, euros, cents) VALUES (\(4), \(4), \(400))"),
        ]
    }

    var downgrade: [MigrationOperation] {
        [
            .statement("DELETE FROM items WHERE id = 4"),
            .dropIndex("ix_items_cents", on: "items", concurrently: true),
            .createTable(ShopChain.sales),
            .renameColumn("euros", of: "items", to: "price"),
            .statement("UPDATE items SET price = cents"),
            .dropColumn("cents", from: "items"),
        ]
    }
}
