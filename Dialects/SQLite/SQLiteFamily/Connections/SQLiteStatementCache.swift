/// The prepared statements that a connection keeps, by their text; the least recently used one goes first.
struct SQLiteStatementCache {
    private let capacity: Int
    private var statements: [String: SQLiteStatement] = [:]
    private var uses: UInt64 = 0

    /// Makes a cache; with a capacity of 0 it keeps nothing.
    init(capacity: Int) { self.capacity = capacity }

    var count: Int { statements.count }

    /// The statement with this text.
    mutating func statement(for sql: String) -> SQLiteStatement? {
        guard let statement = statements[sql] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    /// Keeps a statement that may be run again.
    mutating func insert(_ statement: SQLiteStatement) {
        guard capacity > 0, statement.isReusable else { return }
        // Looking through all of them costs less than the preparation that brought us here.
        if statements.count >= capacity, let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) {
            statements[oldest.sql] = nil
        }
        uses += 1
        statement.lastUse = uses
        statements[statement.sql] = statement
    }

    /// Forgets all statements.
    mutating func removeAll() { statements.removeAll() }
}
