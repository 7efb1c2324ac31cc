import Locking
import Testing

@testable import DialectReactor

/// An actor that lives on a reactor.
private actor Resident {
    nonisolated let reactor: Reactor
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }
    private(set) var calls = 0

    init(_ reactor: Reactor) { self.reactor = reactor }

    func call() -> Bool {
        calls += 1
        return reactor.isCurrent
    }
}

@Suite struct ReactorTests {
    @Test func anActorRunsOnTheReactorsThread() async throws {
        let resident = Resident(try Reactor(name: "test"))
        let isThere = await resident.call()
        #expect(isThere)
        #expect(!resident.reactor.isCurrent)
    }

    @Test func aTaskThatPrefersTheReactorRunsThere() async throws {
        let reactor = try Reactor(name: "test")
        let isThere = await Task(executorPreference: reactor.taskExecutor) { reactor.isCurrent }.value
        #expect(isThere)
    }

    @Test func everyCallOfManyTasksIsMade() async throws {
        let resident = Resident(try Reactor(name: "test"))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                let preference = number.isMultiple(of: 2) ? resident.reactor.taskExecutor : nil
                group.addTask(executorPreference: preference) {
                    for _ in 0..<200 { _ = await resident.call() }
                }
            }
        }
        #expect(await resident.calls == 64 * 200)
    }

    @Test func whatWaitsForTheEndOfATurnRunsAfterEverythingThatIsReady() async throws {
        let reactor = try Reactor(name: "test")
        let order = Locked<[String]>([])
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            reactor.run {
                reactor.atEndOfTurn {
                    order.withLock { $0.append("end") }
                    done.resume()
                }
                reactor.run {
                    order.withLock { $0.append("first") }
                    reactor.run { order.withLock { $0.append("second") } }
                }
            }
        }
        #expect(order.withLock { $0 } == ["first", "second", "end"])
    }

    @Test func sharedReactorsTakeTurns() throws {
        let reactors = try (0..<(2 * Reactor.sharedCount)).map { _ in try Reactor.next() }
        #expect(Set(reactors.map(ObjectIdentifier.init)).count == Reactor.sharedCount)
    }
}
