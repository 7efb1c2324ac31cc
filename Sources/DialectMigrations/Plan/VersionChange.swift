public import DialectCore

/// A change of one row of the version table.
public enum VersionChange: Sendable, Hashable {
    /// A row is added.
    case insert(Revision)
    /// A row takes another revision.
    case update(from: Revision, to: Revision)
    /// A row is removed.
    case delete(Revision)
}

extension VersionChange: CustomStringConvertible {
    /// The change in a few words, such as `update '001' to '002'`.
    public var description: String {
        switch self {
        case .insert(let revision): "insert '\(revision)'"
        case .update(let old, let new): "update '\(old)' to '\(new)'"
        case .delete(let revision): "delete '\(revision)'"
        }
    }
}
