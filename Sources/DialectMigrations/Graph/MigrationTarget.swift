public import DialectCore

/// Where an upgrade or downgrade goes to.
public indirect enum MigrationTarget: Sendable, Hashable {
    /// The one head; a graph with several has none.
    case head
    /// Every head.
    case heads
    /// Before every step.
    case base
    /// One revision, by its text or by a beginning that no other revision shares.
    case revision(Revision)
    /// As many steps up from another target, or down where negative; nil starts from what the database has.
    case relative(Int, from: MigrationTarget?)

    /// Reads a target as people write it: `head`, `heads`, `base`, a revision, `+2`, `-1`, or steps behind another target
    /// as in `head-1` and `003+2`.
    public init(_ text: String) {
        if let sign = text.lastIndex(where: { "+-".contains($0) }), let steps = Int(text[sign...]) {
            let start = text[..<sign]
            self = .relative(steps, from: start.isEmpty ? nil : MigrationTarget(String(start)))
            return
        }
        self =
            switch text {
            case "head": .head
            case "heads": .heads
            case "base": .base
            default: .revision(Revision(text))
            }
    }
}

extension MigrationTarget {
    /// Whether nothing but a downgrade can lead there, wherever the database is.
    package var isBelowCurrent: Bool {
        if case .relative(let steps, nil) = self { steps < 0 } else { self == .base }
    }
}

extension MigrationTarget: CustomStringConvertible {
    /// The target as people write it.
    public var description: String {
        switch self {
        case .head: "head"
        case .heads: "heads"
        case .base: "base"
        case .revision(let revision): revision.text
        case .relative(let steps, let start): "\(start?.description ?? "")\(steps < 0 ? "" : "+")\(steps)"
        }
    }
}
