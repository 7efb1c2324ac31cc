import ArgumentParser
import DialectCore
import DialectEngine
import DialectMigrationCommands
import ShopSchema

/// `orders`.
struct ListOrdersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "orders", abstract: "Lists the orders.")

    @OptionGroup var database: DatabaseOptions<Shop>

    func run() async throws {
        let rows = try await Engine.withEngine(url: try database.url(), logger: database.logger) { engine in
            try await engine.read(
                """
                SELECT o.number, u.email, l.product, l.quantity FROM shop_orders o
                JOIN authfort_users u ON u.id = o.user_id
                JOIN shop_order_lines l ON l.order_id = o.id
                ORDER BY o.number, l.product
                """
            ).rows
        }
        for row in rows {
            let (number, email, product) = try row.decode(Int64.self, String.self, String.self)
            print("\(number) \(email) \(try row.decode(Int64.self, at: 3)) x \(product)")
        }
    }
}
