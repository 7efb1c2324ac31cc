internal import CDialectReactor

/// What a descriptor can be ready for.
public struct Readiness: OptionSet, Sendable, Hashable {
    /// The bits of the set.
    public let rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes, or the end of them, can be read without waiting.
    public static let readable = Readiness(rawValue: UInt32(reactor_readable))
    /// Bytes can be written without waiting.
    public static let writable = Readiness(rawValue: UInt32(reactor_writable))
}

/// Why a wait for a descriptor ended.
public enum Wakeup: Sendable, Hashable {
    /// The descriptor is ready, or broken: the next read or write tells.
    case ready(Readiness)
    /// The deadline has passed.
    case timedOut
    /// Somebody called `SocketWatch.interrupt()`.
    case interrupted
}
