#if MySQL
internal import DialectCore

// The one place that reads a `DatabaseURL`.
extension MySQLOptions {
    private static let known = [
        "unix_socket", "ssl", "ssl_mode", "ssl_verify_cert", "ssl_verify_identity", "ssl_check_hostname", "ssl_ca",
        "ssl_capath", "ssl_cert", "ssl_key", "ssl_key_passphrase", "ssl_cipher", "tls_version", "connect_timeout",
        "command_timeout", "read_timeout", "init_command", "charset", "server_public_key", "cached_statements",
        "program_name", "autocommit", "use_unicode", "local_infile", "echo", "host",
    ]
    /// What libpq calls the options of TLS.
    fileprivate static let namesInLibpq = [
        "ssl_mode": "sslmode", "ssl_ca": "sslrootcert", "ssl_cert": "sslcert", "ssl_key": "sslkey",
        "ssl_key_passphrase": "sslpassword",
    ]
    static let defaultPort = 3306

    /// Reads a URL.
    init(_ url: DatabaseURL) throws(DatabaseError) {
        let known = Self.known + Self.namesInLibpq.values
        for parameter in url.query where !known.contains(parameter.name) {
            throw .invalidOption(
                "The URL option '\(parameter.name)' is unknown to MySQL; the options are "
                    + "\(Self.known.filter { $0 != "host" }.joined(separator: ", "))."
            )
        }
        self.init(endpoints: try Self.endpoints(of: url))
        user = url.user
        password = url.password
        database = url.database
        tls = try TLS(url)
        if let timeout = try url.seconds("connect_timeout") { connectTimeout = timeout }
        guard connectTimeout > .zero else {
            throw .invalidOption("The URL option 'connect_timeout' is 0; give the opening of a session some time.")
        }
        for name in ["read_timeout", "command_timeout"] {
            if let timeout = try url.seconds(name) { commandTimeout = timeout > .zero ? timeout : nil }
        }
        initCommands = url.query.all("init_command")
        serverPublicKey = try url.query.single("server_public_key")
        programName = try url.query.single("program_name")
        if let text = try url.query.single("cached_statements") {
            guard let count = Int(text), (0...10_000).contains(count) else {
                throw .invalidOption("The URL option 'cached_statements' is '\(text)'; it must be from 0 to 10000.")
            }
            cachedStatements = count
        }
        try Self.checkFixedOptions(of: url)
    }

    private static func endpoints(of url: DatabaseURL) throws(DatabaseError) -> [Endpoint] {
        if let path = try url.query.single("unix_socket") {
            guard path.hasPrefix("/"), path.utf8.count < 108 else {
                throw .invalidOption(
                    "The URL option 'unix_socket' is '\(path)'; it must be an absolute path of less "
                        + "than 108 bytes."
                )
            }
            // Python's drivers have a host in the URL too, and ignore it.
            return [.socket(path: path)]
        }
        if url.hosts.isEmpty { return [.tcp(host: "127.0.0.1", port: defaultPort)] }
        return url.hosts.map { host in
            host.name.hasPrefix("/")
                ? .socket(path: host.name) : .tcp(host: host.name, port: host.port ?? defaultPort)
        }
    }

    /// Options that can only ask for what happens anyway.
    private static func checkFixedOptions(of url: DatabaseURL) throws(DatabaseError) {
        if let charset = try url.query.single("charset"), charset.lowercased() != "utf8mb4" {
            throw .invalidOption(
                "The URL option 'charset' is '\(charset)'; only utf8mb4 holds every text unchanged. Remove the option."
            )
        }
        if try url.isOn("autocommit") == false {
            throw .invalidOption("The URL option 'autocommit' is off; transactions begin where the program says so.")
        }
        if try url.isOn("use_unicode") == false {
            throw .invalidOption("The URL option 'use_unicode' is off; text is always Unicode. Remove the option.")
        }
        if try url.isOn("local_infile") == true {
            throw .invalidOption(
                "The URL option 'local_infile' is on; it would let a server read the program's files. Remove the option."
            )
        }
        _ = try url.isOn("echo")
    }
}

extension MySQLOptions.TLS {
    init(_ url: DatabaseURL) throws(DatabaseError) {
        authorities = try url.tlsOption("ssl_ca")
        authoritiesFolder = try url.query.single("ssl_capath")
        certificate = try url.tlsOption("ssl_cert")
        key = try url.tlsOption("ssl_key")
        keyPassphrase = try url.tlsOption("ssl_key_passphrase").map(Secret.init)
        ciphers = try url.query.single("ssl_cipher")
        versions = try url.query.single("tls_version")
        mode = try mode(of: url)
        guard mode == .disabled else { return }
        let files = [
            ("ssl_ca", authorities), ("ssl_capath", authoritiesFolder), ("ssl_cert", certificate), ("ssl_key", key),
        ]
        for (name, file) in files where file != nil {
            throw .invalidOption("The URL has the option '\(name)' but switches TLS off; remove one of the two.")
        }
    }

    private func mode(of url: DatabaseURL) throws(DatabaseError) -> MySQLOptions.TLSMode {
        var mode = MySQLOptions.TLSMode.disabled
        if let text = try url.tlsOption("ssl_mode") {
            guard let named = MySQLOptions.TLSMode(text: text) else {
                let modes = MySQLOptions.TLSMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalidOption("The URL option 'ssl_mode' is '\(text)'; it must be one of \(modes).")
            }
            mode = named
        } else if authorities != nil || authoritiesFolder != nil {
            // Whoever names whom to trust wants the server to be checked.
            mode = .verifyIdentity
        } else if certificate != nil || key != nil {
            mode = .required
        }
        if let isOn = try url.isOn("ssl") { mode = isOn ? max(mode, .required) : .disabled }
        if try url.isOn("ssl_verify_cert") == true { mode = max(mode, .verifyCA) }
        for name in ["ssl_verify_identity", "ssl_check_hostname"] {
            guard let isOn = try url.isOn(name) else { continue }
            mode = isOn ? max(mode, .verifyIdentity) : min(mode, .verifyCA)
        }
        if try url.isOn("ssl_verify_cert") == false { mode = min(mode, .required) }
        return mode
    }
}

extension MySQLOptions.TLSMode {
    /// Reads MySQL's names of the modes, and libpq's.
    fileprivate init?(text: String) {
        let name = text.lowercased().replacing("-", with: "_")
        switch name {
        case "disable": self = .disabled
        case "allow", "prefer": self = .preferred
        case "require": self = .required
        case "verify_full": self = .verifyIdentity
        default: self.init(rawValue: name)
        }
    }
}

extension DatabaseURL {
    /// The value of an option that has another name in libpq.
    fileprivate func tlsOption(_ name: String) throws(DatabaseError) -> String? {
        guard let other = MySQLOptions.namesInLibpq[name], query.contains(other) else { return try query.single(name) }
        guard !query.contains(name) else {
            throw .invalidOption("The URL options '\(name)' and '\(other)' are the same; remove one of the two.")
        }
        return try query.single(other)
    }

    fileprivate func isOn(_ name: String) throws(DatabaseError) -> Bool? {
        guard let text = try query.single(name) else { return nil }
        switch text.lowercased() {
        case "on", "true", "yes", "1": return true
        case "off", "false", "no", "0": return false
        default: throw .invalidOption("The URL option '\(name)' is '\(text)'; it must be true or false.")
        }
    }

    /// A day is more than anybody waits for, and keeps the number far from overflow.
    fileprivate func seconds(_ name: String) throws(DatabaseError) -> Duration? {
        guard let text = try query.single(name) else { return nil }
        guard let seconds = Double(text), (0...86_400).contains(seconds) else {
            throw .invalidOption("The URL option '\(name)' is '\(text)'; it must be a number of seconds up to 86400.")
        }
        return .seconds(seconds)
    }
}

extension DatabaseError {
    fileprivate static func invalidOption(_ message: String) -> DatabaseError { DatabaseError(.invalidURL, message) }
}
#endif
