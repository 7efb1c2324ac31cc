/// Which way along the graph.
public enum MigrationDirection: String, Sendable, Hashable, CustomStringConvertible {
    /// From parents to children.
    case upgrade
    /// From children to parents.
    case downgrade

    /// The direction's name.
    public var description: String { rawValue }
}
