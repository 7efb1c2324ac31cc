/// How the access and refresh tokens travel in cookies.
public struct CookieConfiguration: Sendable, Hashable {
    /// Whether a browser sends the cookie with requests from other sites.
    public enum SameSite: String, Sendable {
        /// Only when the user follows a link from there.
        case lax
        /// Never.
        case strict
        /// Always.
        ///
        /// Browsers require ``CookieConfiguration/isSecure`` for it.
        case none
    }

    /// Whether browsers send the cookies over HTTPS only; default true.
    public var isSecure = true
    /// Whether scripts in the page cannot read the cookies; default true.
    public var isHTTPOnly = true
    /// Whether browsers send the cookies with requests from other sites; default ``SameSite/lax``.
    public var sameSite = SameSite.lax
    /// The path below which browsers send the cookies; default `/`.
    public var path = "/"
    /// The domain whose hosts all get the cookies.
    ///
    /// Nil, the default, means only the host that set them.
    public var domain: String?
    /// The access token's cookie; default `access_token`.
    public var accessName = "access_token"
    /// The refresh token's cookie; default `refresh_token`.
    public var refreshName = "refresh_token"

    /// Makes the defaults.
    public init() {}
}

extension CookieConfiguration {
    /// Checks every option, also against each other.
    func validate() throws(ConfigurationError) {
        try Self.checkName(accessName, "cookie.accessName")
        try Self.checkName(refreshName, "cookie.refreshName")
        guard accessName != refreshName else {
            throw ConfigurationError(
                option: "cookie.refreshName",
                problem: "must differ from cookie.accessName, got '\(refreshName)' for both"
            )
        }
        guard path.hasPrefix("/"), Self.isAttributeValue(path) else {
            throw ConfigurationError(
                option: "cookie.path",
                problem: "must begin with '/' and hold printable ASCII without ';', got '\(path)'"
            )
        }
        if let domain, domain.isEmpty || !domain.utf8.allSatisfy(Self.isDomainByte) {
            throw ConfigurationError(
                option: "cookie.domain",
                problem: "must be an ASCII host name (e.g. 'example.com') or nil, got '\(domain)'"
            )
        }
        guard sameSite != .none || isSecure else {
            throw ConfigurationError(
                option: "cookie.sameSite",
                problem: "must be lax or strict unless cookie.isSecure is true: browsers refuse 'none' without it"
            )
        }
        for name in [accessName, refreshName] { try checkPrefix(of: name) }
    }

    /// Names that begin with `__Host-` or `__Secure-` are promises that browsers enforce.
    /// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis section 4.1.3
    private func checkPrefix(of name: String) throws(ConfigurationError) {
        let lowercased = name.lowercased()
        if lowercased.hasPrefix("__secure-") || lowercased.hasPrefix("__host-"), !isSecure {
            throw ConfigurationError(option: "cookie.isSecure", problem: "must be true for a cookie named '\(name)'")
        }
        if lowercased.hasPrefix("__host-"), path != "/" || domain != nil {
            throw ConfigurationError(
                option: domain != nil ? "cookie.domain" : "cookie.path",
                problem: "a cookie named '\(name)' must have the path '/' and no domain"
            )
        }
    }

    /// A name is a token of RFC 9110 section 5.6.2.
    private static func checkName(_ name: String, _ option: String) throws(ConfigurationError) {
        let separators = Set("\"(),/:;<=>?@[\\]{}".utf8)
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !separators.contains($0) }) else {
            throw ConfigurationError(
                option: option,
                problem: "must be ASCII letters, digits and any of !#$%&'*+-.^_`|~, got '\(name)'"
            )
        }
    }

    private static func isAttributeValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") }
    }

    private static func isDomainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}
