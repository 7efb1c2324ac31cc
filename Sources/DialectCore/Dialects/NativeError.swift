/// An error in the database's own terms, as its client library reports it.
public struct NativeError: Sendable, Hashable {
    /// The database's error number.
    public var code: Int
    /// The five-character SQLSTATE, where the database has one.
    public var sqlState: String?
    /// The database's own words.
    public var message: String

    /// Makes a native error.
    public init(code: Int, sqlState: String? = nil, message: String) {
        self.code = code
        self.sqlState = sqlState
        self.message = message
    }
}
