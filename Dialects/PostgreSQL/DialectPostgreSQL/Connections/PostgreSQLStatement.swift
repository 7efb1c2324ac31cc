#if PostgreSQL
internal import DialectCore

/// A statement that is prepared on the server.
///
/// Belongs to one connection and is used on its thread only.
final class PostgreSQLStatement {
    /// The text, and behind it the types that its parameters were declared with.
    let key: String
    /// Its name on the server; empty for the one that has no name and is replaced by the next.
    let name: String
    /// The name as libpq takes it.
    let cName: [CChar]
    let sql: String
    let command: PostgreSQLCommand
    /// The types of the parameters, as the server told.
    let types: [PostgreSQLType]
    /// Whether the server takes a parameter for text, perhaps for want of anything that tells its type.
    private let takesText: Bool
    /// How to read its rows, nil when it gives none.
    let reader: PostgreSQLRowReader?
    /// When it was last taken from the cache, counted in takes.
    var lastUse: UInt64 = 0

    init(
        key: String,
        name: String,
        sql: String,
        command: PostgreSQLCommand,
        types: [PostgreSQLType],
        reader: PostgreSQLRowReader?
    ) {
        self.key = key
        self.name = name
        cName = Array(name.utf8CString)
        self.sql = sql
        self.command = command
        self.types = types
        takesText = types.contains(where: \.isText)
        self.reader = reader
    }

    /// The key of a text with declared types.
    static func key(_ sql: String, declaring types: [PostgreSQLType]) -> String {
        types.isEmpty ? sql : sql + "\0" + types.map { String($0.rawValue) }.joined(separator: ",")
    }

    /// The types to declare so that the values are sent as what they are, or nil when the server's own will do.
    ///
    /// Where the statement does not tell the type of a parameter, as in `SELECT $1`, the server takes text.
    func declarations(for values: [SQLValue]) -> [PostgreSQLType]? {
        guard takesText else { return nil }
        func declaration(_ index: Int) -> PostgreSQLType {
            types[index].isText ? .natural(for: values[index]) : .unspecified
        }
        guard values.indices.contains(where: { declaration($0) != .unspecified }) else { return nil }
        return values.indices.map(declaration)
    }
}
#endif
