import DialectCore
import DialectReactor
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Two connected sockets, one of which is watched by an actor on a reactor.
private actor Pair {
    nonisolated let reactor: Reactor
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }
    private var near: Int32 = -1
    private var far: Int32 = -1
    private var socketWatch: SocketWatch?

    init() throws { reactor = try Reactor(name: "pair") }

    func open() {
        (near, far) = Self.makePair()
        socketWatch = SocketWatch(near, on: reactor)
    }

    private static func makePair() -> (Int32, Int32) {
        var pair: [Int32] = [-1, -1]
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        precondition(socketpair(AF_UNIX, kind, 0, &pair) == 0)
        return (pair[0], pair[1])
    }

    func wait(for wanted: Readiness, until deadline: ContinuousClock.Instant? = nil) async throws -> Wakeup? {
        try await socketWatch?.wait(for: wanted, until: deadline)
    }

    func send() { precondition(write(far, "x", 1) == 1) }

    func receive() {
        var byte: UInt8 = 0
        precondition(read(near, &byte, 1) == 1)
    }

    func hangUp() {
        Self.closeDescriptor(far)
        far = -1
    }

    /// Puts another pair in the place of the first without telling the watch, which is returned.
    func replaceDescriptor() -> SocketWatch? {
        let left = socketWatch
        let pair = Self.makePair()
        // Closes the socket and gives its number to the other one, in one step.
        precondition(dup2(pair.0, near) == near)
        Self.closeDescriptor(pair.0)
        Self.closeDescriptor(far)
        far = pair.1
        socketWatch = SocketWatch(near, on: reactor)
        return left
    }

    func close(_ watch: SocketWatch?) { watch?.close() }

    func wait(with watch: SocketWatch?) async throws -> Wakeup? { try await watch?.wait(for: .readable) }

    func interrupt() { socketWatch?.interrupt() }

    func close() {
        socketWatch?.close()
        Self.closeDescriptor(near)
        if far >= 0 { Self.closeDescriptor(far) }
    }

    private static func closeDescriptor(_ descriptor: Int32) {
        #if canImport(Glibc)
        Glibc.close(descriptor)
        #else
        Darwin.close(descriptor)
        #endif
    }
}

@Suite(.timeLimit(.minutes(2))) struct SocketWatchTests {
    private func withPair(_ body: (Pair) async throws -> Void) async throws {
        let pair = try Pair()
        await pair.open()
        do { try await body(pair) } catch {
            await pair.close()
            throw error
        }
        await pair.close()
    }

    @Test func aWaitEndsWhenBytesCome() async throws {
        try await withPair { pair in
            for _ in 0..<100 {
                async let wakeup = pair.wait(for: .readable)
                await pair.send()
                let result = try await wakeup
                #expect(result == .ready(.readable))
                await pair.receive()
            }
        }
    }

    @Test func readinessThatNobodyWaitedForIsNotLost() async throws {
        try await withPair { pair in
            _ = try await pair.wait(for: [.readable, .writable])
            await pair.send()
            // Long enough for the thread to see the byte while nobody waits for it.
            try await Task.sleep(for: .milliseconds(20))
            let result = try await pair.wait(for: .readable)
            #expect(result == .ready(.readable))
        }
    }

    @Test func aWaitForWritingDoesNotEndForBytesThatCame() async throws {
        try await withPair { pair in
            await pair.send()
            let result = try await pair.wait(for: .writable)
            #expect(result == .ready(.writable))
        }
    }

    @Test func aWaitEndsAtItsDeadlineAndTheNextOneStillWorks() async throws {
        try await withPair { pair in
            let result = try await pair.wait(for: .readable, until: .now + .milliseconds(10))
            #expect(result == .timedOut)
            await pair.send()
            let next = try await pair.wait(for: .readable, until: .now + .seconds(60))
            #expect(next == .ready(.readable))
        }
    }

    @Test func anInterruptionEndsTheWaitUnderWayOrTheNextOne() async throws {
        try await withPair { pair in
            async let wakeup = pair.wait(for: .readable)
            await pair.interrupt()
            let result = try await wakeup
            #expect(result == .interrupted)
            let next = try await pair.wait(for: .readable, until: .now + .milliseconds(10))
            #expect(next == .timedOut)
        }
    }

    @Test func aHangUpEndsTheWait() async throws {
        try await withPair { pair in
            async let wakeup = pair.wait(for: .readable)
            await pair.hangUp()
            let result = try await wakeup
            #expect(result == .ready(.readable))
        }
    }

    @Test(.serialized, arguments: [false, true])
    func aWatchWhoseDescriptorIsGoneLeavesTheNextOneAlone(waitsBefore: Bool) async throws {
        try await withPair { pair in
            if waitsBefore { _ = try await pair.wait(for: .readable, until: .now + .milliseconds(5)) }
            let left = await pair.replaceDescriptor()
            async let wakeup = pair.wait(for: .readable, until: .now + .seconds(60))
            await #expect(throws: DatabaseError.self) { try await pair.wait(with: left) }
            await pair.close(left)
            await pair.send()
            let result = try await wakeup
            #expect(result == .ready(.readable))
        }
    }

    @Test func closingEndsTheWait() async throws {
        let pair = try Pair()
        await pair.open()
        async let wakeup = pair.wait(for: .readable)
        await Task.yield()
        await pair.close()
        let result = try await wakeup
        #expect(result == .interrupted)
    }

    @Test func aWaitThatComesAfterTheCloseEndsAtOnce() async throws {
        let pair = try Pair()
        await pair.open()
        await pair.close()
        let result = try await pair.wait(for: .readable)
        #expect(result == .interrupted)
    }
}
