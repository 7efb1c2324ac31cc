public import DialectCore
internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Asks the system for the addresses of a host, which blocks, on a thread of its own.
public enum HostResolver {
    /// The addresses of a host in the order in which the system prefers them, each in its numeric form.
    ///
    /// A numeric address is returned as it is.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the name has no address or none is known by the
    ///   deadline, and `cancelled` when the task is cancelled.
    public static func addresses(
        of name: String,
        until deadline: ContinuousClock.Instant? = nil,
        on reactor: Reactor
    ) async throws(DatabaseError) -> [String] {
        if isNumeric(name) { return [name] }
        let question = Question()
        if let deadline {
            reactor.run {
                _ = reactor.loop.addTimer(at: deadline) { question.end(.failure(.noAddressInTime(name))) }
            }
        }
        try BlockingCall.start { question.end(look(up: name, flags: 0)) }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { question.wait($0) }
        } onCancel: {
            question.end(.failure(DatabaseError(.cancelled, "Looking up the host '\(name)' was cancelled.")))
        }
        return try answer.get()
    }

    private static func isNumeric(_ name: String) -> Bool {
        if case .success = look(up: name, flags: AI_NUMERICHOST) { true } else { false }
    }

    private static func look(up name: String, flags: Int32) -> Result<[String], DatabaseError> {
        var hints = addrinfo()
        hints.ai_flags = flags
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &list)
        guard code == 0 else { return .failure(.noAddress(name, code)) }
        defer { freeaddrinfo(list) }
        var addresses: [String] = []
        var next = list
        while let entry = next?.pointee {
            if let address = numericForm(of: entry), !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses.isEmpty ? .failure(.noAddress(name, 0)) : .success(addresses)
    }

    private static func numericForm(of entry: addrinfo) -> String? {
        var text = [CChar](repeating: 0, count: 1025)
        let code = getnameinfo(
            entry.ai_addr,
            entry.ai_addrlen,
            &text,
            socklen_t(text.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard code == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Somebody who waits for an answer that may come from several sides, of which the first counts.
private final class Question: Sendable {
    typealias Answer = Result<[String], DatabaseError>

    private struct State {
        var answer: Answer?
        var waiter: CheckedContinuation<Answer, Never>?
    }

    private let state = Locked(State())

    func wait(_ waiter: CheckedContinuation<Answer, Never>) {
        let answer = state.withLock { state in
            if state.answer == nil { state.waiter = waiter }
            return state.answer
        }
        if let answer { waiter.resume(returning: answer) }
    }

    func end(_ answer: Answer) {
        let waiter = state.withLock { state in
            if state.answer == nil { state.answer = answer }
            return state.waiter.take()
        }
        waiter?.resume(returning: answer)
    }
}

extension DatabaseError {
    fileprivate static func noAddress(_ name: String, _ code: Int32) -> DatabaseError {
        DatabaseError(
            .connectionFailed,
            "The host '\(name)' has no address (\(String(cString: gai_strerror(code)))); check its name and the network.",
            vendorCode: Int(code)
        )
    }

    fileprivate static func noAddressInTime(_ name: String) -> DatabaseError {
        DatabaseError(
            .connectionFailed,
            "The address of the host '\(name)' could not be found out in time; check the network."
        )
    }
}
