#if PostgreSQL
internal import CLibPQ
internal import DialectCore

extension PostgreSQLOpening {
    /// Why libpq could not open a session.
    func refusal(of handle: OpaquePointer, _ server: PostgreSQLServerAddress) -> DatabaseError {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        let needsPassword = PQconnectionNeedsPassword(handle) != 0
        return Self.refusal(text, from: server, needsPassword: needsPassword)
    }

    /// Classifies libpq's words about a session that it could not open.
    static func refusal(_ text: String, from server: PostgreSQLServerAddress, needsPassword: Bool) -> DatabaseError {
        let state = sqlState(in: text)
        var error = PostgreSQLFailure(sqlState: state ?? "08001", message: text).error()
        error.sqlState = state
        if needsPassword {
            error.code = .authenticationFailed
            error.message = "The server at \(server) wants a password, and the URL has none."
            return error
        }
        switch error.code {
        case .authenticationFailed, .permissionDenied, .undefinedObject: break
        default: error.code = .connectionFailed
        }
        error.message =
            state == nil
            ? "No connection to the server at \(server) could be opened; is it running, and do the URL's host, port and "
                + "TLS options suit it?"
            : "The server at \(server) accepts no connection. \(error.message)"
        return error
    }

    /// The SQLSTATE in a verbose message such as `FATAL:  28P01: password authentication failed`.
    private static func sqlState(in text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count > 10 else { return nil }
        for start in 0..<(bytes.count - 9) where bytes[start...].starts(with: ":  ".utf8) {
            let state = bytes[(start + 3)..<(start + 8)]
            guard bytes[(start + 8)...].starts(with: ": ".utf8), state.allSatisfy(isStateCharacter) else { continue }
            return String(decoding: state, as: UTF8.self)
        }
        return nil
    }

    private static func isStateCharacter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
#endif
