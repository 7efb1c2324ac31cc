#if PostgreSQL
/// The prepared statements that a session keeps; the least recently used one goes first.
struct PostgreSQLStatementCache {
    /// Longer texts are not kept: they are made for one occasion, such as an INSERT of many rows.
    static let longestText = 16_384

    private let capacity: Int
    private var statements: [String: PostgreSQLStatement] = [:]
    private var uses: UInt64 = 0
    private var lastName: UInt64 = 0
    /// The names of statements that left the cache and are still on the server.
    private(set) var dropped: [String] = []

    /// Makes a cache; with a capacity of 0 it keeps nothing.
    init(capacity: Int) { self.capacity = capacity }

    var count: Int { statements.count }

    /// Whether a statement would be kept.
    func keeps(_ sql: String, _ command: PostgreSQLCommand) -> Bool {
        capacity > 0 && command.isRepeatable && sql.utf8.count <= Self.longestText
    }

    /// A name that no statement of the session ever had.
    mutating func nextName() -> String {
        lastName += 1
        return "dialect_\(lastName)"
    }

    /// The statement with this key.
    mutating func statement(for key: String) -> PostgreSQLStatement? {
        guard let statement = statements[key] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    /// Keeps a statement that has a name.
    mutating func insert(_ statement: PostgreSQLStatement) {
        // Looking through all of them costs less than the preparation that brought us here.
        if statements.count >= capacity, let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) {
            remove(oldest)
        }
        uses += 1
        statement.lastUse = uses
        statements[statement.key] = statement
    }

    /// Forgets a statement, which stays on the server until it is dropped there.
    mutating func remove(_ statement: PostgreSQLStatement) {
        guard statements.removeValue(forKey: statement.key) != nil else { return }
        dropped.append(statement.name)
    }

    /// The names to drop on the server, when it is worth a round trip.
    mutating func takeDropped(atLeast count: Int) -> [String] {
        guard dropped.count >= count else { return [] }
        defer { dropped = [] }
        return dropped
    }

    /// Forgets all statements, which stay on the server until they are dropped there.
    mutating func dropAll() {
        dropped += statements.values.map(\.name)
        statements.removeAll()
    }

    /// Forgets all statements, because the server has.
    mutating func removeAll() {
        statements.removeAll()
        dropped = []
    }
}
#endif
