import ArgumentParser
import AuthFort
import DialectCore
import DialectEngine
import DialectMigrationCommands
import Foundation
import ShopSchema

/// `order`.
struct PlaceOrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "order", abstract: "Places an order for a user.")

    @Argument(help: "The user's e-mail address.")
    var email: String

    @Argument(help: "The number of the order.")
    var number: Int64

    @Argument(help: "What is ordered.")
    var products: [String]

    @OptionGroup var database: DatabaseOptions<Shop>

    func run() async throws {
        let url = try database.url()
        let user = try await AuthFort.withAuthFort(databaseURL: url, logger: database.logger) { auth in
            try await auth.users.find(email: email)
        }
        guard let user else { throw ValidationError("There is no user with this address.") }
        // Both tables or none.
        try await Engine.withEngine(url: url, logger: database.logger) { engine in
            try await engine.withTransaction { connection in try await place(for: user.id, on: connection) }
        }
        print("Order \(number) of \(user.email): \(products.joined(separator: ", "))")
    }

    private func place(for user: UUID, on connection: some Connection) async throws {
        let order = UUID()
        try await connection.execute(
            """
            INSERT INTO shop_orders (id, user_id, number, placed_at)
            VALUES (\(order), \(user), \(number), \(Timestamp.now))
            """
        )
        for product in products {
            try await connection.execute(
                "INSERT INTO shop_order_lines (id, order_id, product) VALUES (\(UUID()), \(order), \(product))"
            )
        }
    }
}
