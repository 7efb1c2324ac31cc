import DialectCore
import Logging

/// Opens the database of a URL and prints `opened`, or what is in the way.
@main
enum OpeningProbe {
    static func main() async {
        do throws(DatabaseError) {
            let url = try DatabaseURL(CommandLine.arguments.last ?? "")
            let dialect = try DialectRegistry.linked().dialect(for: url.scheme)
            let connection = try await dialect.connector(for: url, logger: Logger(label: "probe")).connect()
            await connection.close()
            print("opened")
        } catch {
            print(error)
        }
    }
}
