#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A TCP socket on 127.0.0.1, in the few calls that tests need.
package enum LoopbackSocket {
    /// A port on which nobody listens.
    ///
    /// Below the range from which systems take the ports of outgoing connections, so that no connection takes it while
    /// the server that it is for is down.
    package static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 10_000..<32_000)
            guard let listener = try? listen(port: port) else { continue }
            close(listener)
            return port
        }
        throw ServerFailure(description: "no free port was found on 127.0.0.1")
    }

    /// A listening socket; on a free port when `port` is 0.
    package static func listen(port: Int = 0) throws -> Int32 {
        let listener = try open()
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard withAddress(port, { bind(listener, $0, $1) }) == 0, systemListen(listener, 128) == 0 else {
            defer { close(listener) }
            throw ServerFailure(description: "cannot listen on port \(port): error \(errno)")
        }
        return listener
    }

    /// A connected socket.
    package static func connect(port: Int) throws -> Int32 {
        let connection = try open()
        guard withAddress(port, { systemConnect(connection, $0, $1) }) == 0 else {
            defer { close(connection) }
            throw ServerFailure(description: "cannot connect to port \(port): error \(errno)")
        }
        return connection
    }

    /// The port of a socket.
    package static func port(of socket: Int32) -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// The next connection of a listening socket; nil when there is none after all.
    static func accept(_ listener: Int32) -> Int32? {
        let connection = systemAccept(listener)
        guard connection >= 0 else { return nil }
        prepare(connection)
        return connection
    }

    /// Two sockets that are connected with each other.
    static func pair() throws -> (Int32, Int32) {
        var sockets: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, stream, 0, &sockets) == 0 else {
            throw ServerFailure(description: "cannot make a pair of sockets: error \(errno)")
        }
        for socket in sockets { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
        return (sockets[0], sockets[1])
    }

    /// Reads what is there and forgets it.
    static func discardInput(of socket: Int32) {
        var buffer = [UInt8](repeating: 0, count: 256)
        while recv(socket, &buffer, buffer.count, doesNotWait) > 0 {}
    }

    /// Sends a short text.
    package static func send(_ text: String, to socket: Int32) {
        _ = systemSend(socket, text, text.utf8.count)
    }

    /// Closes a socket.
    package static func close(_ socket: Int32) { _ = systemClose(socket) }

    /// Closes a socket so that the other side gets a reset instead of an end.
    package static func reset(_ socket: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        close(socket)
    }

    private static func open() throws -> Int32 {
        let socket = socket(AF_INET, stream, 0)
        guard socket >= 0 else { throw ServerFailure(description: "cannot make a socket: error \(errno)") }
        prepare(socket)
        return socket
    }

    private static func prepare(_ socket: Int32) {
        // Children must not keep it open.
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        #if canImport(Darwin)
        setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    private static func withAddress<Result>(
        _ port: Int,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

// The C libraries declare these with types of their own.
extension LoopbackSocket {
    #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    static let writing = Int32(SHUT_WR)
    #else
    private static let stream = SOCK_STREAM
    static let writing = SHUT_WR
    #endif

    static let doesNotWait = Int32(MSG_DONTWAIT)

    /// A peer that has gone must not end the tests with a signal.
    #if canImport(Darwin)
    static let sendFlags: Int32 = 0
    #else
    static let sendFlags = Int32(MSG_NOSIGNAL)
    #endif
}

// The names of these calls are hidden by the members above.
private func systemListen(_ socket: Int32, _ backlog: Int32) -> Int32 { listen(socket, backlog) }
private func systemAccept(_ socket: Int32) -> Int32 { accept(socket, nil, nil) }
private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    send(socket, bytes, count, LoopbackSocket.sendFlags)
}
private func systemClose(_ socket: Int32) -> Int32 { close(socket) }
private func systemConnect(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    connect(socket, address, length)
}
