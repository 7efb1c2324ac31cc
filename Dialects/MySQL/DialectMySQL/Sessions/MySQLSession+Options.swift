#if MySQL
internal import CLibMariaDB
internal import DialectCore

extension MySQLSession {
    /// Sets what libmariadb wants to know before it connects.
    ///
    /// https://mariadb.com/kb/en/mysql_optionsv/
    func apply(_ options: MySQLOptions) throws(DatabaseError) {
        // The calls run on a stack of their own, which must do for the name look-up too.
        var stackSize = 256 * 1024
        mysql_options(handle, MYSQL_OPT_NONBLOCK, &stackSize)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        var localFiles: UInt32 = 0
        // A server could ask for any file that the program can read.
        mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &localFiles)
        var packetLimit: UInt = 1 << 30
        mysql_options(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &packetLimit)
        if case .socket = endpoint {
            var socketProtocol = UInt32(MYSQL_PROTOCOL_SOCKET.rawValue)
            mysql_options(handle, MYSQL_OPT_PROTOCOL, &socketProtocol)
        } else {
            var tcp = UInt32(MYSQL_PROTOCOL_TCP.rawValue)
            mysql_options(handle, MYSQL_OPT_PROTOCOL, &tcp)
            apply(options.tls)
        }
        // A password in clear text is for a server that has proved who it is, or that is on this machine.
        let isTrusted = if case .socket = endpoint { true } else { options.tls.mode >= .verifyCA }
        let plugins = "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519"
        set(MARIADB_OPT_RESTRICTED_AUTH, isTrusted ? plugins + ",mysql_clear_password" : plugins)
        set(MYSQL_SERVER_PUBLIC_KEY, options.serverPublicKey)
        if let program = options.programName {
            mysql_options4(handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", program)
        }
    }

    private func apply(_ tls: MySQLOptions.TLS) {
        guard tls.mode != .disabled else { return }
        mysql_ssl_set(handle, tls.key, tls.certificate, tls.authorities, tls.authoritiesFolder, tls.ciphers)
        var isOn: my_bool = 1
        mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &isOn)
        if tls.mode >= .verifyCA { mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &isOn) }
        set(MARIADB_OPT_TLS_VERSION, tls.versions)
        set(MARIADB_OPT_TLS_PASSPHRASE, tls.keyPassphrase?.reveal())
    }

    private func set(_ option: mysql_option, _ text: String?) {
        guard let text else { return }
        mysql_options(handle, option, text)
    }

    // The calls of the thread that opens the session: it may block, and what it waits for is ended by ending its socket.

    /// Runs a statement of the opening.
    func run(_ sql: String) throws(DatabaseError) {
        guard mysql_real_query(handle, sql, UInt(sql.utf8.count)) == 0 else { throw failure.openingError(endpoint) }
        while true {
            if let rows = mysql_store_result(handle) { mysql_free_result(rows) }
            let code = mysql_next_result(handle)
            if code < 0 { return }
            if code > 0 { throw failure.openingError(endpoint) }
        }
    }

    /// The cells of the first row as text, none when there is no row.
    func firstRow(_ sql: String) throws(DatabaseError) -> [String?] {
        guard mysql_real_query(handle, sql, UInt(sql.utf8.count)) == 0, let rows = mysql_store_result(handle) else {
            throw failure.openingError(endpoint)
        }
        defer { mysql_free_result(rows) }
        guard let row = mysql_fetch_row(rows) else { return [] }
        return (0..<Int(mysql_num_fields(rows))).map { row[$0].map { String(cString: $0) } }
    }
}
#endif
