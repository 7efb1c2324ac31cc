@testable import DialectEngine

/// A set of kinds of actions, with their reasons: it tells what an exploration has reached.
struct ActionKinds: OptionSet, Hashable {
    let rawValue: UInt32

    static let answer = Self(rawValue: 1 << 0)
    static let timedOut = Self(rawValue: 1 << 1)
    static let failedClosed = Self(rawValue: 1 << 2)
    static let failedOpening = Self(rawValue: 1 << 3)
    static let open = Self(rawValue: 1 << 4)
    static let ping = Self(rawValue: 1 << 5)
    static let reset = Self(rawValue: 1 << 6)
    static let schedule = Self(rawValue: 1 << 7)
    static let cancelTimer = Self(rawValue: 1 << 8)
    static let drained = Self(rawValue: 1 << 9)
    static let closeForIdleTimeout = Self(rawValue: 1 << 10)
    static let closeForMaximumAge = Self(rawValue: 1 << 11)
    static let closeForOverflow = Self(rawValue: 1 << 12)
    static let closeForInvalidation = Self(rawValue: 1 << 13)
    static let closeForFailedPing = Self(rawValue: 1 << 14)
    static let closeForFailedReset = Self(rawValue: 1 << 15)
    static let closeForShutdown = Self(rawValue: 1 << 16)
    static let all = Self(rawValue: (1 << 17) - 1)

    mutating func insert(_ action: PoolAction) {
        formUnion(Self(action))
    }

    private init(_ action: PoolAction) {
        self =
            switch action {
            case .answer: .answer
            case .fail(_, .timedOut): .timedOut
            case .fail(_, .closed): .failedClosed
            case .fail(_, .openFailed): .failedOpening
            case .open: .open
            case .ping: .ping
            case .reset: .reset
            case .schedule: .schedule
            case .cancelTimer: .cancelTimer
            case .drained: .drained
            case .close(_, .idleTimeout): .closeForIdleTimeout
            case .close(_, .maximumAge): .closeForMaximumAge
            case .close(_, .overflow): .closeForOverflow
            case .close(_, .invalidated): .closeForInvalidation
            case .close(_, .pingFailed): .closeForFailedPing
            case .close(_, .resetFailed): .closeForFailedReset
            case .close(_, .shutdown): .closeForShutdown
            }
    }

    init(rawValue: UInt32) { self.rawValue = rawValue }
}
