/// A revision of another chain that has to be applied before a step.
public struct MigrationRequirement: Sendable, Hashable, CustomStringConvertible {
    /// The name of the chain that has the revision.
    public let chain: String
    /// The revision; later ones of its chain do as well.
    public let revision: Revision

    /// Makes a requirement.
    public init(_ revision: Revision, of chain: String) {
        self.chain = chain
        self.revision = revision
    }

    /// The requirement in a few words, such as `'003' of 'authfort'`.
    public var description: String { "'\(revision)' of '\(chain)'" }
}
