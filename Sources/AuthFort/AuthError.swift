/// The error of every AuthFort operation that refuses.
///
/// Its code, message and status are what a client of the HTTP interface receives, so all three are safe to show:
/// no message holds a password, a token or a key.
public struct AuthError: Error, Sendable, Equatable {
    /// What was refused, as clients read it.
    public var code: Code
    /// One sentence for people.
    ///
    /// The text is part of the wire format.
    public var message: String
    /// The HTTP status of the answer that carries this error.
    public var status: Int
    /// The names of the providers that the account can sign in with; empty unless the code is `oauthAccount`.
    public var providers: [String]

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What was refused.
    ///   - message: One sentence for people, safe to show.
    ///   - status: The HTTP status, by default the code's own.
    ///   - providers: The names of the providers that the account can sign in with, by default none.
    public init(_ code: Code, _ message: String, status: Int? = nil, providers: [String] = []) {
        self.code = code
        self.message = message
        self.status = status ?? code.status
        self.providers = providers
    }
}

extension AuthError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code): \(message)" }
}
