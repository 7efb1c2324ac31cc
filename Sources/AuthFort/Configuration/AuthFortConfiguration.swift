public import DialectCore

/// Everything about AuthFort that an application may choose, apart from the database URL.
///
/// `AuthFortConfiguration()` is usable as it is. The defaults are those of the Python library AuthFort 0.0.31, except
/// where that default is unsafe; each of these says so: ``rateLimits``, ``introspection``,
/// ``MultiFactor/isRequiredAfterEmailSignIn``, ``Passwords/maximumBytes`` and ``Passwords/revealsOtherSignInMethods``.
///
/// The options are plain data. ``validated()`` checks them; AuthFort calls it before it does anything else.
public struct AuthFortConfiguration: Sendable {
    /// Lifetimes, issuer and signing keys of the tokens.
    public var tokens = Tokens()
    /// Who may make an account.
    public var signUp = SignUp()
    /// Rules, hashing and checks of passwords.
    public var passwords = Passwords()
    /// Checks of addresses, and lifetimes of the links and codes that are sent to them.
    public var email = Email()
    /// One-time codes from an authenticator application, and backup codes.
    public var multiFactor = MultiFactor()
    /// How tokens travel in cookies.
    ///
    /// Nil, the default, means bearer tokens only: cookies are neither read nor written.
    public var cookie: CookieConfiguration?
    /// How often each endpoint may be called.
    ///
    /// Nil means without a limit.
    ///
    /// The Python library sets no limit unless it is told to. Here the limits of `RateLimitConfiguration()` hold by
    /// default, because without them passwords and six-digit codes can be guessed at full speed.
    public var rateLimits: RateLimitConfiguration? = RateLimitConfiguration()
    /// The peers whose forwarding headers tell the client's address.
    ///
    /// Nobody by default.
    public var proxies: TrustedProxies = .none
    /// Who may ask the introspection endpoint about a token.
    ///
    /// Nobody by default.
    ///
    /// The Python library answers everybody when it is given no secret. Choose ``Introspection/open`` for that.
    public var introspection: Introspection = .disabled
    /// The front end's base URL, such as `https://app.example.com`, which is put before the `redirect_to` of a sign-in.
    ///
    /// Validation drops trailing slashes and makes an empty text nil. Nil means that redirects stay on the server's own
    /// origin.
    public var frontendURL: String?
    /// Limits of the database connections.
    ///
    /// Nil, the default, takes those that the dialect recommends for the URL.
    public var pool: PoolConfiguration?

    /// Makes a configuration in which every option has its default.
    public init() {}
}

extension AuthFortConfiguration {
    /// Who may make an account over HTTP.
    ///
    /// Accounts made by the application itself are not affected.
    public struct SignUp: Sendable {
        /// Whether `POST /signup` makes accounts; default true.
        public var isAllowed = true
        /// Whether a magic link or e-mailed code for an unknown address makes an account; default false.
        public var isPasswordlessAllowed = false

        /// Makes the default: sign-up with a password only.
        public init() {}
    }

    /// Who may ask the introspection endpoint (RFC 7662) about a token.
    public enum Introspection: Sendable {
        /// The endpoint does not exist.
        case disabled
        /// Callers present this secret as a bearer token.
        ///
        /// It consists of printable ASCII without spaces.
        case secret(Secret)
        /// Anyone who can reach the endpoint.
        ///
        /// Only for networks in which every caller is trusted.
        case open
    }
}
