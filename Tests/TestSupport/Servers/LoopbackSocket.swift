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
        guard withAddress(port, { bind(listener, $0, $1) }) == 0, sys_listen(listener, 128) == 0 else {
            defer { close(listener) }
            throw ServerFailure(description: "cannot listen on port \(port): error \(errno)")
        }
        return listener
    }

    /// A connected socket.
    package static func connect(port: Int) throws -> Int32 {
        let connection = try open()
        guard withAddress(port, { sys_connect(connection, $0, $1) }) == 0 else {
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

    /// Closes a socket so that the other side gets a reset instead of an end.
    package static func reset(_ socket: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        close(socket)
    }

    private static func open() throws -> Int32 {
        #if canImport(Darwin)
        let socket = socket(AF_INET, SOCK_STREAM, 0)
        #else
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard socket >= 0 else { throw ServerFailure(description: "cannot make a socket: error \(errno)") }
        // Children must not keep it open.
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return socket
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

// The names of these calls are hidden by the members above.
private func sys_listen(_ socket: Int32, _ backlog: Int32) -> Int32 { listen(socket, backlog) }
private func sys_connect(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    connect(socket, address, length)
}
