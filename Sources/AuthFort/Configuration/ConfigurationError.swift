/// An option of an ``AuthFortConfiguration`` that has a value it may not have.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The option at fault in its Swift spelling, such as `tokens.accessTokenLifetime`.
    public let option: String
    /// The value and what is allowed instead.
    ///
    /// The value of a secret is never part of it.
    public let problem: String

    /// Makes an error about one option.
    public init(option: String, problem: String) {
        self.option = option
        self.problem = problem
    }

    /// The option and its problem.
    ///
    /// Safe to show.
    public var description: String { "\(option): \(problem)" }
}
