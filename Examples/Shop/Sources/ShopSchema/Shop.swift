import AuthFort
package import DialectCore
import DialectMigrationCommands
package import DialectMigrations

/// An application that has tables of its own beside AuthFort's, and mounts the migration commands.
package enum Shop: MigrationApplication {
    package static let databaseURLVariable = "SHOP_DATABASE_URL"

    package static func schemas() throws -> [ManagedSchema] { [try AuthFort.managedSchema(), try ownSchema()] }

    /// The shop's own chain and model; without AuthFort's tables in the comparison.
    ///
    /// A journal is a table that Alembic does not know, and would drop.
    package static func ownSchema(keepsJournal: Bool = true) throws(DatabaseError) -> ManagedSchema {
        let chain = try MigrationChain(
            "shop",
            versionTable: "shop_version",
            keepsJournal: keepsJournal,
            steps: [CreateOrders(), AddOrderLines()]
        )
        return ManagedSchema(chain, model: model, filters: AuthFort.migrationFilters())
    }

    /// What the shop's tables are today.
    package static var model: SchemaModel {
        var model = SchemaModel()
        AuthFort.registerForeignTables(in: &model)
        model.add(orders)
        model.add(lines)
        model.indexes = [Index("shop_orders_by_time", on: "shop_orders", ["user_id", .descending("placed_at")])]
        return model
    }

    private static let orders = Table(
        "shop_orders",
        columns: [
            Column("id", .uuid),
            Column("user_id", .uuid),
            Column("number", .bigInteger),
            Column("state", .string(length: 40), default: .text("new")),
            Column("cents", .bigInteger, default: .integer(0)),
            Column("paid", .boolean, default: .boolean(false)),
            Column("placed_at", .timestamp(fractionDigits: 6)),
            Column("note", .text, nullable: true),
        ],
        primaryKey: PrimaryKey(["id"]),
        uniqueConstraints: [UniqueConstraint(["number"])],
        foreignKeys: [ForeignKey(["user_id"], references: "authfort_users", ["id"], onDelete: .cascade)],
        checkConstraints: [CheckConstraint(unsafe: "cents >= 0", name: "shop_orders_cents")]
    )

    private static let lines = Table(
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
}
