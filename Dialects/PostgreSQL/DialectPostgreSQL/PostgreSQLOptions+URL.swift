#if PostgreSQL
public import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// The one place that reads a `DatabaseURL`.
extension PostgreSQLOptions {
    /// Options that libpq gets as they are.
    private static let passedOn = [
        "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslcrldir", "sslsni", "ssl_min_protocol_version",
        "ssl_max_protocol_version", "requirepeer", "channel_binding", "application_name", "fallback_application_name",
        "options", "passfile", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "tcp_user_timeout", "krbsrvname", "gsslib", "gssencmode",
    ]
    private static let own = [
        "host", "port", "user", "password", "sslpassword", "dbname", "ssl", "target_session_attrs",
        "load_balance_hosts", "connect_timeout", "timeout", "command_timeout", "client_encoding",
        "prepared_statement_cache_size", "statement_cache_size", "pgbouncer",
    ]
    /// Options of Python's drivers that have no meaning here.
    private static let ignored: Set = ["async_fallback", "max_cached_statement_lifetime"]

    private static let sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]

    /// Reads a URL.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL`, which names the option at fault.
    public init(_ url: DatabaseURL) throws(DatabaseError) {
        try Self.refuseUnknownOptions(of: url)
        self.init(hosts: url.hosts.isEmpty ? try Self.hostsOfEnvironment(url) : url.hosts)
        for name in Self.passedOn { parameters[name] = try url.query.single(name) }
        let (user, database) = (try url.query.single("user"), try url.query.single("dbname"))
        let password = try url.query.single("password").map(Secret.init)
        parameters["user"] = url.user ?? user
        parameters["dbname"] = url.database ?? database
        secrets["password"] = url.password ?? password
        secrets["sslpassword"] = try url.query.single("sslpassword").map(Secret.init)
        try readTLS(url)
        try readTimeouts(url)
        if let target = try url.choice("target_session_attrs", of: Target.self) { self.target = target }
        if let pooler = try url.choice("pgbouncer", of: Pooler.self) { self.pooler = pooler }
        shufflesHosts = try url.choice("load_balance_hosts", of: Balance.self) == .random
        for name in ["statement_cache_size", "prepared_statement_cache_size"] {
            guard let text = try url.query.single(name) else { continue }
            guard let size = Int(text), (0...10_000).contains(size) else {
                throw invalid(name, text, "a number from 0 to 10000")
            }
            statementCacheSize = size
        }
        if let encoding = try url.query.single("client_encoding") {
            guard ["utf8", "utf-8", "unicode", "auto"].contains(encoding.lowercased()) else {
                throw invalid("client_encoding", encoding, "utf8, which is the only one this dialect speaks")
            }
        }
    }

    private enum Balance: String, CaseIterable {
        case disable, random
    }

    private mutating func readTLS(_ url: DatabaseURL) throws(DatabaseError) {
        // Kerberos's libraries talk to their server in their own time: only when asked for.
        parameters["gssencmode"] = parameters["gssencmode"] ?? "disable"
        if let mode = parameters["sslmode"], !Self.sslModes.contains(mode) {
            throw invalid("sslmode", mode, "one of \(Self.sslModes.joined(separator: ", "))")
        }
        guard let ssl = try url.query.single("ssl") else { return }
        let mode: String =
            switch ssl.lowercased() {
            case "true", "on", "yes", "1": "require"
            case "false", "off", "no", "0": "disable"
            case let mode: mode
            }
        guard Self.sslModes.contains(mode) else {
            throw invalid("ssl", ssl, "one of true, false, \(Self.sslModes.joined(separator: ", "))")
        }
        guard parameters["sslmode"] ?? mode == mode else {
            throw DatabaseError(.invalidURL, "The URL options 'ssl' and 'sslmode' contradict each other; give one.")
        }
        parameters["sslmode"] = mode
    }

    private mutating func readTimeouts(_ url: DatabaseURL) throws(DatabaseError) {
        for name in ["timeout", "connect_timeout"] {
            guard let seconds = try url.seconds(name) else { continue }
            connectTimeout = seconds == .zero ? nil : seconds
        }
        if let seconds = try url.seconds("command_timeout") { commandTimeout = seconds == .zero ? nil : seconds }
    }

    private static func refuseUnknownOptions(of url: DatabaseURL) throws(DatabaseError) {
        for parameter in url.query {
            let name = parameter.name
            guard !passedOn.contains(name), !own.contains(name), !ignored.contains(name) else { continue }
            throw DatabaseError(
                .invalidURL,
                "The URL option '\(name)' is unknown to PostgreSQL; the options are "
                    + "\((passedOn + own).sorted().joined(separator: ", "))."
            )
        }
    }

    /// libpq reads `PGHOST` too, but would look the name up on the caller's thread.
    private static func hostsOfEnvironment(_ url: DatabaseURL) throws(DatabaseError) -> [DatabaseURL.Host] {
        let environment = ProcessInfo.processInfo.environment
        let port = try url.query.single("port")
        guard let names = environment["PGHOST"], !names.isEmpty else {
            // The default socket, perhaps with another port.
            return port.flatMap { Int($0) }.map { [DatabaseURL.Host("/var/run/postgresql", port: $0)] } ?? []
        }
        let number = (port ?? environment["PGPORT"]).flatMap { Int($0) }
        return names.split(separator: ",").map { DatabaseURL.Host(String($0), port: number) }
    }
}

extension DatabaseURL {
    fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of type: Choice.Type
    ) throws(DatabaseError) -> Choice? {
        guard let text = try query.single(name) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            throw invalid(name, text, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    /// A day is more than anybody waits for, and keeps the number far from overflow.
    fileprivate func seconds(_ name: String) throws(DatabaseError) -> Duration? {
        guard let text = try query.single(name) else { return nil }
        guard let seconds = Double(text), (0...86_400).contains(seconds) else {
            throw invalid(name, text, "a number of seconds from 0 to 86400")
        }
        return .seconds(seconds)
    }
}

private func invalid(_ name: String, _ text: String, _ range: String) -> DatabaseError {
    DatabaseError(.invalidURL, "The URL option '\(name)' is '\(text)'; it must be \(range).")
}
#endif
