import AuthFort
package import DialectCore

/// The shop's first step, written by hand.
package struct CreateOrders: MigrationStep {
    package let revision: Revision = "orders"
    package let parents: [Revision] = []
    package let summary = "create the table of orders"
    /// The orders reference AuthFort's users.
    package let requirements: [MigrationRequirement] = [.authFort("003")]

    package init() {}

    package var upgrade: [MigrationOperation] {
        [
            .createTable(
                Table(
                    "shop_orders",
                    columns: [
                        Column("id", .uuid),
                        Column("user_id", .uuid),
                        Column("number", .bigInteger),
                        Column("state", .string(length: 20), nullable: true),
                        Column("cents", .bigInteger, default: .integer(0)),
                        Column("paid", .boolean, default: .boolean(false)),
                        Column("placed_at", .timestamp(fractionDigits: 6)),
                        Column("comment", .string(length: 200), nullable: true),
                    ],
                    primaryKey: PrimaryKey(["id"]),
                    uniqueConstraints: [UniqueConstraint(["number"])],
                    foreignKeys: [ForeignKey(["user_id"], references: "authfort_users", ["id"], onDelete: .cascade)]
                )
            ),
            .createIndex(Index("shop_orders_by_state", on: "shop_orders", ["state"])),
        ]
    }

    package var downgrade: [MigrationOperation] { [.dropTable("shop_orders")] }
}
