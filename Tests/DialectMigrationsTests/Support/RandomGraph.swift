import DialectCore

/// A generator that gives the same numbers for the same seed on every platform (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}

/// A random graph, and by brute force what is true of it.
struct RandomGraph {
    /// The parents of each revision.
    let parents: [Revision: Set<Revision>]
    /// The steps in random order.
    let steps: [TestStep]

    /// Makes a graph of up to seven revisions, with several bases, heads, branches and merges as chance has it.
    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let size = Int.random(in: 1...7, using: &generator)
        // Random names, so that the order by text is not the order in which the graph grew.
        let names = (0..<size).map { Revision("r\($0)") }.shuffled(using: &generator)
        var parents: [Revision: Set<Revision>] = [:]
        for (index, name) in names.enumerated() {
            let count = [0, 1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
            let chosen = Set(names[..<index].shuffled(using: &generator).prefix(count))
            // A parent that another one includes is not allowed.
            parents[name] = chosen.subtracting(Self.withAncestors(Set(chosen.flatMap { parents[$0] ?? [] }), parents))
        }
        self.parents = parents
        steps = names.shuffled(using: &generator).map { TestStep($0, parents: Array(parents[$0] ?? [])) }
    }

    var revisions: [Revision] { Array(parents.keys) }

    func parents(of revision: Revision) -> Set<Revision> { parents[revision] ?? [] }

    func children(of revision: Revision) -> Set<Revision> {
        Set(revisions.filter { parents(of: $0).contains(revision) })
    }

    /// The revisions and everything before them.
    func withAncestors(_ revisions: Set<Revision>) -> Set<Revision> {
        Self.withAncestors(revisions, parents)
    }

    private static func withAncestors(
        _ revisions: Set<Revision>,
        _ parents: [Revision: Set<Revision>]
    ) -> Set<Revision> {
        revisions.reduce(into: revisions) { $0.formUnion(withAncestors(parents[$1] ?? [], parents)) }
    }

    /// The revisions and everything after them.
    func withDescendants(_ revisions: Set<Revision>) -> Set<Revision> {
        revisions.reduce(into: revisions) { $0.formUnion(withDescendants(children(of: $1))) }
    }

    /// The revisions of a set that no other of the set follows.
    func heads(of applied: Set<Revision>) -> [Revision] {
        applied.filter { children(of: $0).isDisjoint(with: applied) }.sorted()
    }

    /// Every set of revisions that a database can have: with each revision, its parents.
    var states: [Set<Revision>] {
        let all = revisions
        return (0..<(1 << all.count)).map { bits in Set(all.indices.filter { bits >> $0 & 1 == 1 }.map { all[$0] }) }
            .filter { $0 == withAncestors($0) }
    }
}
