#if PostgreSQL
public import DialectCore

/// What the URL of a PostgreSQL database says.
///
/// The options are libpq's, with asyncpg's names beside them:
///
/// | Option | Meaning |
/// |---|---|
/// | `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `sslpassword`, `sslcrl`, `sslcrldir`, `sslsni`, `ssl_min_protocol_version`, `ssl_max_protocol_version`, `requirepeer`, `channel_binding` | TLS, as libpq documents it |
/// | `ssl` | asyncpg's name for `sslmode`; `true` is `require`, `false` is `disable` |
/// | `host`, `port` | hosts or socket directories; several with commas |
/// | `target_session_attrs` | `any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby` |
/// | `load_balance_hosts` | `disable` or `random` |
/// | `connect_timeout`, `timeout` | whole seconds for each host, 10 by default; 0 waits for ever |
/// | `command_timeout` | seconds for each call; none by default |
/// | `application_name`, `fallback_application_name`, `options`, `passfile`, `client_encoding` (`utf8`) | as in libpq |
/// | `keepalives`, `keepalives_idle`, `keepalives_interval`, `keepalives_count`, `tcp_user_timeout` | as in libpq |
/// | `krbsrvname`, `gsslib`, `gssencmode` | Kerberos, which may block while it talks to its own server; `gssencmode` is `disable` by default |
/// | `prepared_statement_cache_size`, `statement_cache_size` | prepared statements kept by each session, 100 by default; 0 prepares each time and leaves nothing on the server |
/// | `pgbouncer` | `true`, `false` or `auto`, the default: whether a transaction pooler is between |
///
/// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
public struct PostgreSQLOptions: Sendable {
    /// Whether a pooler that gives each transaction another server session is between, such as PgBouncer in transaction
    /// mode.
    ///
    /// Then statements have no names on the server, and session locks, listening and session settings are not to be had.
    public enum Pooler: String, Sendable, CaseIterable {
        /// Each session finds out.
        case auto
        /// There is one.
        case `true`
        /// There is none, or one that keeps sessions together.
        case `false`
    }

    /// The time that each host gets by default.
    static let usualConnectTimeout = Duration.seconds(10)

    /// The hosts to try, in order; none for the default socket.
    public var hosts: [DatabaseURL.Host]
    /// libpq's own parameters, without hosts and secrets.
    public var parameters: [String: String] = [:]
    /// How long each host may take, or nil to wait for ever.
    public var connectTimeout: Duration? = usualConnectTimeout
    /// How long each call may take, or nil to wait for ever.
    public var commandTimeout: Duration?
    /// How many prepared statements each session keeps.
    public var statementCacheSize = 100
    /// Whether a transaction pooler is between.
    public var pooler = Pooler.auto
    /// Which kind of server is wanted.
    var target = Target.any
    /// Whether the hosts are tried in a random order.
    var shufflesHosts = false
    /// The password, and that of the client's key.
    var secrets: [String: Secret] = [:]

    /// Which kind of server is wanted, in libpq's words.
    enum Target: String, CaseIterable {
        case any
        case readWrite = "read-write"
        case readOnly = "read-only"
        case primary, standby
        case preferStandby = "prefer-standby"
    }
}
#endif
