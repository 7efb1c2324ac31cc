import DialectCore

/// Add order lines.
struct AddOrderLines: MigrationStep {
    let revision: Revision = "lines"
    let parents: [Revision] = ["orders"]
    let summary = "add order lines"

    var upgrade: [MigrationOperation] {
        [
            .dropIndex("shop_orders_by_state", on: "shop_orders"),
            .createTable(
                Table(
                    "shop_order_lines",
                    columns: [
                        Column("id", .uuid),
                        Column("order_id", .uuid),
                        Column("product", .string(length: 100)),
                        Column("quantity", .integer, default: .integer(1)),
                    ],
                    primaryKey: PrimaryKey(["id"]),
                    uniqueConstraints: [UniqueConstraint(["order_id", "product"], name: "shop_order_lines_once")],
                    foreignKeys: [ForeignKey(["order_id"], references: "shop_orders", ["id"], onDelete: .cascade)]
                )
            ),
            .addColumn(Column("note", .text, nullable: true), to: "shop_orders"),
            .alterColumn(
                Column("state", .string(length: 20), nullable: true),
                to: Column("state", .string(length: 40), default: .text("new")),
                of: "shop_orders"
            ),
            .dropColumn("comment", from: "shop_orders"),
            .addConstraint(.check(CheckConstraint(unsafe: "cents >= 0", name: "shop_orders_cents")), to: "shop_orders"),
            .createIndex(Index("shop_orders_by_time", on: "shop_orders", ["user_id", .descending("placed_at")])),
        ]
    }

    var downgrade: [MigrationOperation] {
        [
            .dropIndex("shop_orders_by_time", on: "shop_orders"),
            .dropConstraint(
                .check(CheckConstraint(unsafe: "cents >= 0", name: "shop_orders_cents")),
                from: "shop_orders"
            ),
            .dropTable("shop_order_lines"),
            .addColumn(Column("comment", .string(length: 200), nullable: true), to: "shop_orders"),
            .alterColumn(
                Column("state", .string(length: 40), default: .text("new")),
                to: Column("state", .string(length: 20), nullable: true),
                of: "shop_orders"
            ),
            .dropColumn("note", from: "shop_orders"),
            .createIndex(Index("shop_orders_by_state", on: "shop_orders", ["state"])),
        ]
    }
}
