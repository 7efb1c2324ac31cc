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

    @Test func aTaskOfSeveralReactorsGoesOnWhereItWasLetGoOn() async throws {
        let executor = ReactorTaskExecutor()
        let reactors = try (0..<2).map { number in try Reactor(name: "test \(number)", tasks: executor) }
        let places = await Task(executorPreference: executor) {
            var places: [Bool] = []
            for number in [0, 1, 1, 0] {
                await withUnsafeContinuation { continuation in
                    // By way of the reactor's own queue: by then the task has begun to wait.
                    ReactorLoop.current?.add(.action { reactors[number].run { continuation.resume() } })
                }
                places.append(reactors[number].isCurrent)
            }
            return places
        }.value
        #expect(places == [true, true, true, true])
    }

    @Test func aTaskFromElsewhereRunsOnOneOfSeveralReactors() async throws {
        let executor = ReactorTaskExecutor()
        let reactors = try (0..<2).map { number in try Reactor(name: "test \(number)", tasks: executor) }
        let count = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask(executorPreference: executor) { reactors.contains { $0.isCurrent } } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 64)
    }

    @Test func anActorsCodeRunsAtOnceOnItsThreadAndSoonFromElsewhere() async throws {
        let resident = Resident(try Reactor(name: "test"))
        let order = Locked<[Int]>([])
        await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
            resident.reactor.run(on: resident) { resident in
                resident.reactor.run(on: resident) { _ in order.withLock { $0.append(1) } }
                order.withLock { $0.append(2) }
                done.resume()
            }
        }
        #expect(order.withLock { $0 } == [1, 2])
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
