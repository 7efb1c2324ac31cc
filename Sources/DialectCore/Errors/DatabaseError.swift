/// The one error that a dialect, an engine, a pool or a migrator of this package throws.
///
/// `description` is safe to show to anybody: it never holds a bound value, a password or a server's own detail text.
/// `debugDescription` adds the server's text and the statement (without its values) for the people who operate the
/// database.
public struct DatabaseError: Error, Sendable {
    /// What went wrong, in words that are the same for every database.
    public var code: Code
    /// What happened, with which value, and what to do next.
    ///
    /// Safe to show.
    public var message: String
    /// The five-character SQLSTATE, where the database has one.
    public var sqlState: String?
    /// The database's own error number, for example an SQLite extended result code.
    public var vendorCode: Int?
    /// The name of the violated constraint, where known.
    public var constraint: String?
    /// The table that the error is about, where known.
    public var table: String?
    /// The columns that the error is about, where known.
    public var columns: [String]
    /// The database's own words.
    ///
    /// They may quote data, so only `debugDescription` shows them.
    public var serverMessage: String?
    /// The text of the failed statement, without its bound values.
    public var statement: String?
    /// The error that caused this one.
    public var underlying: (any Error)?

    /// Makes an error from its code and a message that is safe to show.
    public init(
        _ code: Code,
        _ message: String,
        sqlState: String? = nil,
        vendorCode: Int? = nil,
        constraint: String? = nil,
        table: String? = nil,
        columns: [String] = [],
        serverMessage: String? = nil,
        statement: String? = nil,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.sqlState = sqlState
        self.vendorCode = vendorCode
        self.constraint = constraint
        self.table = table
        self.columns = columns
        self.serverMessage = serverMessage
        self.statement = statement
        self.underlying = underlying
    }

    /// Whether running the same transaction again, from its begin, may succeed without a change to the data or program.
    ///
    /// False for `commitOutcomeUnknown`: the work may already be there.
    public var isRetryable: Bool { code.isRetryable }
}

extension DatabaseError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The code and the message.
    public var description: String { "\(code): \(message)" }

    /// The description and everything else that is known, without bound values.
    public var debugDescription: String {
        var parts = [description]
        if let sqlState { parts.append("SQLSTATE \(sqlState)") }
        if let vendorCode { parts.append("vendor code \(vendorCode)") }
        if let table { parts.append("table \(table)") }
        if !columns.isEmpty { parts.append("columns \(columns.joined(separator: ", "))") }
        if let constraint { parts.append("constraint \(constraint)") }
        if let serverMessage { parts.append("server: \(serverMessage)") }
        if let statement { parts.append("statement: \(statement)") }
        if let underlying { parts.append("caused by: \(String(reflecting: underlying))") }
        return parts.joined(separator: "; ")
    }
}
