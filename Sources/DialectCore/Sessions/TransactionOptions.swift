/// How a transaction runs.
public struct TransactionOptions: Sendable, Hashable {
    /// What the transaction may see of concurrent ones; nil takes the database's default.
    public var isolationLevel: IsolationLevel?
    /// Whether the transaction may write.
    public var accessMode: AccessMode

    /// Makes options; the default is a read-write transaction at the database's default isolation level.
    public init(isolationLevel: IsolationLevel? = nil, accessMode: AccessMode = .readWrite) {
        self.isolationLevel = isolationLevel
        self.accessMode = accessMode
    }

    /// A transaction that only reads.
    public static let readOnly = TransactionOptions(accessMode: .readOnly)
    /// A read-write transaction.
    public static let readWrite = TransactionOptions()
}

/// Whether a transaction may write.
public enum AccessMode: Sendable, Hashable {
    /// It may read and write.
    case readWrite
    /// It may only read; a write fails with `readOnlyViolation`.
    case readOnly
}

/// What a transaction may see of concurrent ones, in the SQL standard's terms.
///
/// The set is open.
public struct IsolationLevel: Sendable, Hashable, CustomStringConvertible {
    /// The level as SQL spells it.
    public let name: String

    /// Makes a level from its SQL spelling.
    public init(_ name: String) { self.name = name }

    /// The level as SQL spells it.
    public var description: String { name }

    /// Rows of transactions that are not committed may be seen.
    public static let readUncommitted = Self("READ UNCOMMITTED")
    /// Each statement sees what was committed before it.
    public static let readCommitted = Self("READ COMMITTED")
    /// Rows that were read once do not change.
    public static let repeatableRead = Self("REPEATABLE READ")
    /// As if transactions ran one after the other.
    public static let serializable = Self("SERIALIZABLE")
}
