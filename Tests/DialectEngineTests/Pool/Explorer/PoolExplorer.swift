import DialectCore

@testable import DialectEngine

/// Drives a pool through random events, chosen by a seed, and checks the pool's rules after each of them.
///
/// When a pool has drained after its shutdown, another with another configuration takes its place.
struct PoolExplorer<Pool: ExploredPool> {
    let seed: UInt64
    var random: SplitMix64
    let makePool: (PoolConfiguration, UInt64) -> Pool
    /// While the server is down, openings and pings usually fail.
    var serverIsDown = false
    /// How many pools were shut down and replaced.
    var restarts = 0
    /// What those pools were seen to do.
    var seen = ActionKinds()

    init(seed: UInt64, makePool: @escaping (PoolConfiguration, UInt64) -> Pool) {
        self.seed = seed
        self.makePool = makePool
        random = SplitMix64(seed: seed)
    }

    /// Runs that many events and returns the first broken rule.
    mutating func run(events: Int) -> Violation? {
        var event = 0
        do throws(Violation) {
            var world = try makeWorld()
            while event < events {
                if world.isDrained {
                    seen.formUnion(world.seen)
                    world = try makeWorld()
                    restarts += 1
                }
                if try step(&world) { event += 1 }
            }
            return nil
        } catch {
            var violation = error
            violation.seed = seed
            violation.event = event
            return violation
        }
    }

    private mutating func makeWorld() throws(Violation) -> PoolWorld<Pool> {
        let configuration = randomConfiguration()
        var world = PoolWorld(configuration: configuration, pool: makePool(configuration, random.next()))
        try world.start()
        return world
    }

    private mutating func randomConfiguration() -> PoolConfiguration {
        let maximumSize = Int(random.next() % 4) + 1
        return PoolConfiguration(
            minimumSize: Int(random.next() % UInt64(maximumSize + 1)),
            maximumSize: maximumSize,
            maximumOverflow: Int(random.next() % 4),
            checkoutTimeout: pick([.milliseconds(50), .seconds(1), .seconds(30)]),
            idleTimeout: pick([nil, .milliseconds(500), .seconds(10)]),
            maximumAge: pick([nil, .seconds(1), .seconds(60)]),
            ageJitter: pick([0, 0.1, 0.5]),
            pingAfterIdle: pick([nil, .zero, .milliseconds(200)])
        )
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(random.next() % UInt64(values.count))]
    }
}

// The choice of the next event.
extension PoolExplorer {
    /// Tries one random event.
    ///
    /// False when nothing in the world is in the state that the event needs.
    private mutating func step(_ world: inout PoolWorld<Pool>) throws(Violation) -> Bool {
        switch random.next() % 1000 {
        case ..<280:
            guard world.waiters.count < 30 else { return false }
            try world.checkOut()
        case ..<330:
            guard !world.waiters.isEmpty else { return false }
            try world.cancel(Int(random.next() % UInt64(world.waiters.count)))
        case ..<560:
            guard let id = randomConnection(.inUse, &world) else { return false }
            try world.checkIn(id, randomCondition())
        case ..<680:
            guard let id = randomConnection(.opening, &world) else { return false }
            try endOpening(of: id, &world)
        case ..<750:
            guard let id = randomConnection(.pinging, &world) else { return false }
            try world.pinged(id, succeeded: !chance(serverIsDown ? 900 : 30))
        case ..<840:
            guard let id = randomConnection(.resetting, &world) else { return false }
            try world.resetFinished(id, succeeded: !chance(serverIsDown ? 500 : 30))
        case ..<930:
            guard let id = randomConnection(.closing, &world) else { return false }
            try world.closed(id)
        default:
            try stepOfTime(&world)
        }
        return true
    }

    private mutating func stepOfTime(_ world: inout PoolWorld<Pool>) throws(Violation) {
        switch random.next() % 1000 {
        case ..<850: try world.advance(by: randomSpan())
        case ..<950: world.delay(by: randomSpan())
        case ..<970: try world.invalidateAll()
        case ..<990: serverIsDown.toggle()
        case ..<996: try world.sweep()
        default: try world.shutDown()
        }
    }

    private mutating func endOpening(of id: ConnectionID, _ world: inout PoolWorld<Pool>) throws(Violation) {
        guard chance(serverIsDown ? 900 : 30) else { return try world.opened(id) }
        try world.openFailed(id, chance(200) ? .permanent : .transient)
    }

    private mutating func randomCondition() -> CheckInCondition {
        switch random.next() % 100 {
        case ..<55: .clean
        case ..<90: .dirty
        case ..<96: .invalid
        default: .lost
        }
    }

    /// From some microseconds to some seconds, each order of magnitude as often as the others.
    private mutating func randomSpan() -> Int64 {
        let magnitude = random.next() % 23
        return Int64(random.next() % (1024 << magnitude))
    }

    private mutating func chance(_ permille: UInt64) -> Bool { random.next() % 1000 < permille }

    private mutating func randomConnection(
        _ state: PoolWorld<Pool>.State,
        _ world: inout PoolWorld<Pool>
    ) -> ConnectionID? {
        let count = world.connections.count
        let start = Int(random.next() % UInt64(count))
        for step in 0..<count {
            let index = (start + step) % count
            if world.connections[index].state == state { return world.name(index) }
        }
        return nil
    }
}
