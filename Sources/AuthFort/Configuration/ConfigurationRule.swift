internal import FoundationEssentials

/// The rules that several options share.
///
/// Each throws the error that names the option.
enum ConfigurationRule {
    /// Lifetimes travel as whole seconds (`expires_in`, `Max-Age`) and are added to dates.
    ///
    /// A hundred years is longer than any token needs and far from where a date overflows.
    private static let lifetimes: ClosedRange<Duration> = .seconds(1)...(.days(36_525))

    static func lifetime(_ value: Duration, _ option: String) throws(ConfigurationError) {
        guard lifetimes.contains(value), value.components.attoseconds == 0 else {
            throw ConfigurationError(
                option: option,
                problem: "must be a whole number of seconds between 1 second and 100 years, got \(value)"
            )
        }
    }

    static func positive(_ value: Duration, _ option: String) throws(ConfigurationError) {
        guard value > .zero else {
            throw ConfigurationError(option: option, problem: "must be longer than zero, got \(value)")
        }
    }

    static func count(_ value: Int, atLeast minimum: Int, _ option: String) throws(ConfigurationError) {
        guard value >= minimum else {
            throw ConfigurationError(option: option, problem: "must be >= \(minimum), got \(value)")
        }
    }

    static func count(_ value: Int, in range: ClosedRange<Int>, _ option: String) throws(ConfigurationError) {
        guard range.contains(value) else {
            throw ConfigurationError(
                option: option,
                problem: "must be between \(range.lowerBound) and \(range.upperBound), got \(value)"
            )
        }
    }

    static func notBlank(_ value: String, _ option: String) throws(ConfigurationError) {
        guard !value.allSatisfy(\.isWhitespace) else {
            throw ConfigurationError(option: option, problem: "must not be empty or blank")
        }
    }

    /// Requires `http` or `https`, a host, and nothing that would swallow a path put behind the URL.
    static func baseURL(_ value: String, _ option: String) throws(ConfigurationError) {
        let isClean = value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard
            isClean, let parts = URLComponents(string: value, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else {
            throw ConfigurationError(
                option: option,
                problem: """
                    must be an http or https URL with a host and without user, query or fragment \
                    (e.g. 'https://app.example.com')
                    """
            )
        }
    }
}
