#if PostgreSQL
internal import CLibPQ
internal import Logging

/// Receives what the server says besides its answers, and logs it.
// Unchecked: libpq calls it on the thread that uses its connection, which is the reactor's.
final class PostgreSQLNotices: @unchecked Sendable {
    private let logger: Logger
    /// Whether the server announced the end of the session while it was idle.
    private(set) var announcedEnd = false

    init(logger: Logger) { self.logger = logger }

    /// Starts to receive; the receiver must outlive the connection.
    func attach(to connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<PostgreSQLNotices>.fromOpaque(context).takeUnretainedValue().receive(result)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func receive(_ result: OpaquePointer) {
        // `V` is the severity in English, whatever the server's language.
        let severity = Self.field("V", of: result) ?? ""
        if severity == "FATAL" || severity == "PANIC" { announcedEnd = true }
        logger.debug(
            "The server sent a notice",
            metadata: [
                "severity": "\(severity)",
                "sqlState": "\(Self.field("C", of: result) ?? "")",
                "message": "\(Self.field("M", of: result) ?? "")",
            ]
        )
    }

    private static func field(_ code: Unicode.Scalar, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
    }
}
#endif
