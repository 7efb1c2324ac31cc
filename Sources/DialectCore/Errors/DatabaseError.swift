/// The one error that a dialect, an engine, a pool or a migrator of this package throws.
///
/// `description` is safe to show to anybody: it never holds a bound value, a password or a server's own detail text.
/// `debugDescription` adds the server's text and the statement (without its values) for the people who operate the
/// database.
public struct DatabaseError: Error, Sendable {
    /// What is known of it.
    private struct Contents: Sendable {
        var code: Code
        var message: String
        var sqlState: String?
        var vendorCode: Int?
        var constraint: String?
        var table: String?
        var columns: [String]
        var serverMessage: String?
        var statement: String?
        var underlying: (any Error)?
    }

    /// The contents behind one pointer: every function that can throw has room for an error, and hardly one does.
    private indirect enum Storage: Sendable {
        case contents(Contents)
    }

    private var storage: Storage

    private var contents: Contents {
        get {
            switch storage {
            case .contents(let contents): contents
            }
        }
        set { storage = .contents(newValue) }
    }

    /// What went wrong, in words that are the same for every database.
    public var code: Code {
        get { contents.code }
        set { contents.code = newValue }
    }
    /// What happened, with which value, and what to do next.
    ///
    /// Safe to show.
    public var message: String {
        get { contents.message }
        set { contents.message = newValue }
    }
    /// The five-character SQLSTATE, where the database has one.
    public var sqlState: String? {
        get { contents.sqlState }
        set { contents.sqlState = newValue }
    }
    /// The database's own error number, for example an SQLite extended result code.
    public var vendorCode: Int? {
        get { contents.vendorCode }
        set { contents.vendorCode = newValue }
    }
    /// The name of the violated constraint, where known.
    public var constraint: String? {
        get { contents.constraint }
        set { contents.constraint = newValue }
    }
    /// The table that the error is about, where known.
    public var table: String? {
        get { contents.table }
        set { contents.table = newValue }
    }
    /// The columns that the error is about, where known.
    public var columns: [String] {
        get { contents.columns }
        set { contents.columns = newValue }
    }
    /// The database's own words.
    ///
    /// They may quote data, so only `debugDescription` shows them.
    public var serverMessage: String? {
        get { contents.serverMessage }
        set { contents.serverMessage = newValue }
    }
    /// The text of the failed statement, without its bound values.
    public var statement: String? {
        get { contents.statement }
        set { contents.statement = newValue }
    }
    /// The error that caused this one.
    public var underlying: (any Error)? {
        get { contents.underlying }
        set { contents.underlying = newValue }
    }

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
        storage = .contents(
            Contents(
                code: code,
                message: message,
                sqlState: sqlState,
                vendorCode: vendorCode,
                constraint: constraint,
                table: table,
                columns: columns,
                serverMessage: serverMessage,
                statement: statement,
                underlying: underlying
            )
        )
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
