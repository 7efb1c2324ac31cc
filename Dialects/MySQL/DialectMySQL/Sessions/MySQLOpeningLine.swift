#if MySQL
internal import Locking

/// Lets few threads of one connector open sessions at the same time; the others wait before they speak to the server.
///
/// libmariadb reads the system's authorities under one lock for the whole program, in the middle of the opening. Where that
/// takes it some thirty milliseconds, the last of many sessions would be ended by the server, which waits ten seconds
/// for the end of a handshake and less when it was told so (`connect_timeout`).
final class MySQLOpeningLine: Sendable {
    private let places = Monitor(4)

    /// Waits for a place.
    func enter() {
        places.wait { (free: inout Int) -> Void? in
            guard free > 0 else { return nil }
            free -= 1
            return ()
        }
    }

    /// Gives the place to the next.
    func leave() {
        places.withLock { $0 += 1 }
        places.signal()
    }
}
#endif
