#if MySQL
/// The prepared statements that a session keeps, by their text; the least recently used one goes first.
struct MySQLStatementCache {
    private let capacity: Int
    private var statements: [String: MySQLStatement] = [:]
    private var uses: UInt64 = 0

    /// Makes a cache; with a capacity of 0 it keeps nothing.
    init(capacity: Int) { self.capacity = capacity }

    var count: Int { statements.count }

    /// The statement with this text.
    mutating func statement(for sql: String) -> MySQLStatement? {
        guard let statement = statements[sql] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    /// Keeps a statement, if there is room for any; returns the one that is to be closed for it.
    mutating func insert(_ statement: MySQLStatement) -> MySQLStatement? {
        guard capacity > 0 else { return nil }
        statement.isKept = true
        uses += 1
        statement.lastUse = uses
        var evicted: MySQLStatement?
        // Looking through all of them costs less than the preparation that brought us here.
        if statements.count >= capacity, let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) {
            statements[oldest.sql] = nil
            oldest.isKept = false
            evicted = oldest
        }
        statements[statement.sql] = statement
        return evicted
    }

    /// Forgets a statement that has to be prepared again.
    mutating func remove(_ statement: MySQLStatement) {
        guard statements[statement.sql] === statement else { return }
        statements[statement.sql] = nil
        statement.isKept = false
    }

    /// Forgets all statements and returns them, each once, with one that may be among them or not.
    mutating func removeAll(and other: MySQLStatement? = nil) -> [MySQLStatement] {
        defer { statements = [:] }
        return Array(statements.values) + [other].compactMap { $0 }.filter { !$0.isKept }
    }
}
#endif
