#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One connection of libpq's, in its non-blocking mode, and the watch of its socket.
// Unchecked: used on its reactor's thread only, which the watch checks.
final class PostgreSQLLink: @unchecked Sendable {
    let handle: OpaquePointer
    let watch: SocketWatch
    let server: PostgreSQLServerAddress
    private let notices: PostgreSQLNotices
    private(set) var isOpen = true

    /// Takes over a connection that is open.
    init(_ handle: OpaquePointer, to server: PostgreSQLServerAddress, notices: PostgreSQLNotices, on reactor: Reactor) {
        self.handle = handle
        self.server = server
        self.notices = notices
        watch = SocketWatch(PQsocket(handle), on: reactor)
        PQsetnonblocking(handle, 1)
        PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
    }

    /// Ends the session.
    ///
    /// Safe to call twice. The server is told if the socket takes the message without waiting.
    func close() {
        guard isOpen else { return }
        isOpen = false
        watch.close()
        PQfinish(handle)
    }

    /// Whether libpq still holds the session for a living one.
    var isAlive: Bool { isOpen && PQstatus(handle) == CONNECTION_OK && !notices.announcedEnd }

    var transactionStatus: PGTransactionStatusType { isOpen ? PQtransactionStatus(handle) : PQTRANS_UNKNOWN }

    /// libpq's words about its last failure.
    var errorMessage: String { isOpen ? PQerrorMessage(handle).map { String(cString: $0) } ?? "" : "" }

    /// Takes in what came while nobody asked; returns whether the session is still alive, and closes it otherwise.
    ///
    /// At once: libpq closes the socket of a connection that broke, and the next socket may get its number.
    func readNews() -> Bool {
        guard isOpen else { return false }
        // The first read takes the server's last words, the second finds the end of the stream.
        for _ in 0..<2 where PQstatus(handle) == CONNECTION_OK {
            PQconsumeInput(handle)
            PQisBusy(handle)
        }
        if !isAlive { close() }
        return isOpen
    }

    /// A setting that the server reports whenever it changes.
    func parameter(_ name: String) -> String? {
        PQparameterStatus(handle, name).map { String(cString: $0) }
    }

    /// Whether such a setting has a value, which ends with a NUL.
    func parameter(_ name: StaticString, equals value: [CChar]) -> Bool {
        let size = name.utf8CodeUnitCount + 1
        let current = name.utf8Start.withMemoryRebound(to: CChar.self, capacity: size) { PQparameterStatus(handle, $0) }
        return current.map { strcmp($0, value) == 0 } ?? false
    }

    /// Asks the server, over a connection of its own, to end what runs; blocks, so on another thread.
    ///
    /// - Parameter end: Called on that thread when the request is known to have arrived, or to have failed.
    /// - Returns: Whether the request is on its way.
    func requestCancel(then end: @escaping @Sendable () -> Void) -> Bool {
        guard isOpen, let request = PQgetCancel(handle) else { return false }
        // Only the thread touches it from now on.
        nonisolated(unsafe) let ownRequest = request
        do {
            try BlockingCall.start {
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
                    _ = PQcancel(ownRequest, buffer.baseAddress, Int32(buffer.count))
                }
                PQfreeCancel(ownRequest)
                end()
            }
            return true
        } catch {
            PQfreeCancel(request)
            return false
        }
    }
}

/// Where a server is, for messages.
struct PostgreSQLServerAddress: Sendable, CustomStringConvertible {
    let host: String
    let port: Int

    var description: String { host.hasPrefix("/") ? "\(host)/.s.PGSQL.\(port)" : "\(host):\(port)" }
}
#endif
