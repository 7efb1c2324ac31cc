#if MySQL
internal import DialectCore

/// What a URL asks for, read and checked.
///
/// With TLS, many sessions of one program were seen to stand still under load, for a reason that is not known yet. Set
/// `command_timeout` with it, so that such a call ends.
///
/// The options of the URL's query, by the names that libmariadb, PyMySQL, aiomysql and the servers' own clients use:
///
/// | option | value | default |
/// |---|---|---|
/// | `unix_socket` | the path of a socket, instead of a host | |
/// | `ssl_mode` | `disabled`, `preferred`, `required`, `verify_ca`, `verify_identity` | `verify_identity` with `ssl_ca`, else `disabled` as in Python's drivers |
/// | `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `sslpassword` | libpq's names of the options and modes of TLS, such as `sslmode=verify-full` | |
/// | `ssl` | `true` is `required`, `false` is `disabled` | |
/// | `ssl_verify_cert`, `ssl_verify_identity`, `ssl_check_hostname` | `true` or `false`; add to or take from `ssl_mode` | |
/// | `ssl_ca`, `ssl_capath` | the authorities to trust: a PEM file, a folder | the system's |
/// | `ssl_cert`, `ssl_key`, `ssl_key_passphrase` | the client's certificate and key, PEM files | |
/// | `ssl_cipher`, `tls_version` | as OpenSSL and the server spell them | |
/// | `connect_timeout` | seconds for opening a session, over all hosts | 10 |
/// | `command_timeout`, `read_timeout` | seconds for one call; the session is given up when it takes longer | none |
/// | `init_command` | a statement that each session runs first; may be given several times | |
/// | `charset` | `utf8mb4` | `utf8mb4` |
/// | `server_public_key` | a PEM file: MySQL's key for passwords over connections without TLS | asked for |
/// | `cached_statements` | prepared statements that each session keeps, 0 to 10,000 | 128 |
/// | `program_name` | what the server's list of sessions calls the program | |
///
/// Opening a session with TLS takes libmariadb some two milliseconds with `ssl_ca`. Without it, libmariadb reads the system's
/// authorities each time. Where OpenSSL finds them in one file, that takes some thirty, one session after the other; so a
/// connector opens four sessions at a time then. Give `ssl_ca`, which has the server checked too.
///
/// `autocommit`, `use_unicode`, `local_infile` and `echo` are accepted when they ask for what happens anyway, so that a
/// URL of Python's can be brought along.
struct MySQLOptions: Sendable {
    /// Where a server listens.
    enum Endpoint: Sendable, Hashable, CustomStringConvertible {
        case tcp(host: String, port: Int)
        case socket(path: String)

        var description: String {
            switch self {
            case .tcp(let host, let port): "\(host):\(port)"
            case .socket(let path): path
            }
        }
    }

    /// How much the connection must be protected; each mode includes those before it.
    enum TLSMode: String, Sendable, CaseIterable, Comparable {
        case disabled
        /// TLS where the server has it. Does not protect from somebody who sits in between.
        case preferred
        case required
        case verifyCA = "verify_ca"
        case verifyIdentity = "verify_identity"

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        static func < (left: TLSMode, right: TLSMode) -> Bool { left.rank < right.rank }
    }

    struct TLS: Sendable {
        var mode = TLSMode.disabled
        var authorities: String?
        var authoritiesFolder: String?
        var certificate: String?
        var key: String?
        var keyPassphrase: Secret?
        var ciphers: String?
        var versions: String?
    }

    var endpoints: [Endpoint]
    var user: String?
    var password: Secret?
    var database: String?
    var tls = TLS()
    var connectTimeout = Duration.seconds(10)
    var commandTimeout: Duration?
    var initCommands: [String] = []
    var serverPublicKey: String?
    var cachedStatements = 128
    var programName: String?

    init(endpoints: [Endpoint]) { self.endpoints = endpoints }

    /// Whether libmariadb reads all of the system's authorities for each session.
    var readsSystemAuthorities: Bool {
        tls.mode != .disabled && tls.authorities == nil && tls.authoritiesFolder == nil
    }
}
#endif
