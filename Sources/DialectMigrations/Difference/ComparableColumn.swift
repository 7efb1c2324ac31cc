internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A column in a form in which two descriptions of the same column are equal.
struct ComparableColumn: Hashable {
    /// The type as the dialect spells it.
    let type: String
    private let isNullable: Bool
    private let serverDefault: ServerDefault?

    init(_ column: Column, of table: Table, _ dialect: any Dialect) throws(DatabaseError) {
        type = ComparableSQL(try dialect.spelling(of: column.type)).tokens.joined(separator: " ")
        // A database may print a column of a key as one that may be null and never let it be.
        isNullable = column.isNullable && table.primaryKey?.columns.contains(column.name) != true
        serverDefault = column.serverDefault.flatMap { $0.comparable(for: column.type) }
    }
}

extension ServerDefault {
    /// The default in the words that all spellings of it share; nil for that of no default, NULL.
    fileprivate func comparable(for type: ColumnType) -> ServerDefault? {
        switch self {
        case .currentTimestamp: return self
        case .boolean(let isTrue): return ServerDefault(word: isTrue ? "true" : "false", for: type)
        case .integer(let integer): return ServerDefault(word: "\(integer)", for: type)
        case .text(let text): return ServerDefault(word: text, for: type)
        case .expression(let sql):
            let expression = ComparableSQL(sql).text
            if expression == "null" { return nil }
            if ["current_timestamp", "now"].contains(expression) { return .currentTimestamp }
            if expression.hasPrefix("'"),
                expression.dropFirst().firstIndex(of: "'") == expression.indices.last
            {
                return ServerDefault(word: String(expression.dropFirst().dropLast()), for: type)
            }
            let isConstant =
                expression == "true" || expression == "false" || Decimal(exactly: expression) != nil
            return isConstant
                ? ServerDefault(word: expression, for: type) : .expression(unsafe: expression)
        }
    }

    /// A constant, which a database may print as a text, a number or a word, whichever it was written as.
    private init(word: String, for type: ColumnType) {
        self = .text(word)
        switch type {
        case .boolean:
            if ["true", "t", "1"].contains(word.lowercased()) { self = .boolean(true) }
            if ["false", "f", "0"].contains(word.lowercased()) { self = .boolean(false) }
        case .smallInteger, .integer, .bigInteger, .double, .decimal:
            // A decimal may be printed with all the digits of its column.
            if let number = Decimal(exactly: word) { self = .text("\(number)") }
            if word == "true" || word == "false" { self = .text(word == "true" ? "1" : "0") }
        default: break
        }
    }
}
