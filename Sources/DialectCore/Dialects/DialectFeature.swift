/// Something that databases of a dialect can do.
///
/// The set is open: a dialect may declare its own.
public struct DialectFeature: Sendable, Hashable, CustomStringConvertible {
    /// The feature's name.
    public let name: String

    /// Makes a feature.
    ///
    /// Features with equal names are equal.
    public init(_ name: String) { self.name = name }

    /// The feature's name.
    public var description: String { name }

    /// Schema operations take part in a transaction and are undone by its rollback.
    public static let transactionalDDL = Self("transactionalDDL")
    /// From its begin to its end a read-write transaction excludes every other writer of the whole database.
    public static let exclusiveWriteTransactions = Self("exclusiveWriteTransactions")
    /// Savepoints within a transaction.
    public static let savepoints = Self("savepoints")
    /// Transactions that the database itself refuses to let write.
    public static let readOnlyTransactions = Self("readOnlyTransactions")
    /// Connections conform to `RowStreaming`.
    public static let rowStreaming = Self("rowStreaming")
    /// `INSERT … RETURNING` and the like.
    public static let returning = Self("returning")
    /// A column type for UUIDs.
    public static let nativeUUID = Self("nativeUUID")
    /// A column type for booleans that is not an integer.
    public static let nativeBoolean = Self("nativeBoolean")
    /// Timestamps keep their microseconds where the column type does not say otherwise.
    public static let microsecondTimestamps = Self("microsecondTimestamps")
    /// Indexes that run from the greatest value to the least.
    public static let descendingIndexes = Self("descendingIndexes")
    /// Indexes of the rows that meet a condition.
    public static let partialIndexes = Self("partialIndexes")
    /// Indexes that are made and dropped while other sessions write, and then not inside a transaction.
    ///
    /// Where it is absent, an operation that asks for it is spelled as one that does not: the result is the same.
    public static let concurrentIndexes = Self("concurrentIndexes")
    /// Tables are made anew where the database cannot change them in place: the dialect conforms to `RebuildPlanning`, its
    /// connections to `TableRebuilding`.
    public static let tableRebuilds = Self("tableRebuilds")
    /// Foreign keys are enforced.
    public static let foreignKeys = Self("foreignKeys")
    /// Connections conform to `BulkInserting`.
    public static let bulkInsert = Self("bulkInsert")
    /// Connections conform to `NotificationListening`.
    public static let notifications = Self("notifications")
    /// Connections conform to `AdvisoryLocking` and have locks that last until the session ends.
    public static let sessionLocks = Self("sessionLocks")
    /// Connections conform to `AdvisoryLocking` and have locks that last until the transaction ends.
    public static let transactionLocks = Self("transactionLocks")
    /// Connections conform to `SchemaReflecting`.
    public static let schemaReflection = Self("schemaReflection")
    /// Connections conform to `StatementStarting`.
    public static let statementStarting = Self("statementStarting")
    /// Connectors conform to `StatementSharing`.
    public static let statementSharing = Self("statementSharing")
}
