/// Draws keys of the table `people` as the peers do, by Marsaglia's xorshift.
public struct Keys: Sendable {
    /// The greatest key.
    public static let greatest = 10_000

    private var state: UInt64

    /// Makes the keys of a task, counted from 0.
    public init(task: Int) { state = 0x9E37_79B9_7F4A_7C15 &* UInt64(task + 1) }

    /// The next key, from 1 to `greatest`.
    public mutating func next() -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return 1 + Int(state % UInt64(Self.greatest))
    }
}
