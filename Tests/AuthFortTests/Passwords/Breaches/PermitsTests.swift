import Locking
import Testing

@testable import AuthFort

@Suite(.timeLimit(.minutes(1))) struct PermitsTests {
    @Test func noMoreTasksAreInsideThanThereArePermits() async throws {
        let permits = Permits(3)
        let inside = Monitor((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await permits.withPermit {
                        inside.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        await Task.yield()
                        inside.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.withLock { $0.most } <= 3)
        #expect(inside.withLock { $0.now } == 0)
        #expect(permits.waitingCount == 0)
    }

    @Test func aCancelledWaiterLeavesTheLineAndAPermitIsNotLost() async throws {
        let permits = Permits(1)
        let (release, trigger) = AsyncStream.makeStream(of: Void.self)
        let isHeld = Monitor(false)
        let holder = Task {
            try await permits.withPermit {
                isHeld.withLock { $0 = true }
                for await _ in release {}
            }
        }
        try await until { isHeld.withLock { $0 } }
        let waiter = Task { try await permits.withPermit {} }
        try await until { permits.waitingCount == 1 }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(permits.waitingCount == 0)
        trigger.finish()
        try await holder.value
        #expect(try await permits.withPermit { "again" } == "again")
    }

    @Test func aPermitComesBackWhenTheBodyThrows() async throws {
        struct Oops: Error {}
        let permits = Permits(1)
        await #expect(throws: Oops.self) { try await permits.withPermit { throw Oops() } }
        #expect(try await permits.withPermit { 1 } == 1)
    }
}
