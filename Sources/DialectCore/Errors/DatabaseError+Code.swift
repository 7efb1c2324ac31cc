extension DatabaseError {
    /// A portable error code.
    ///
    /// The set is open: a dialect may add its own.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, such as `uniqueViolation`.
        public let name: String
        /// Whether the same transaction may succeed when it is run again.
        public let isRetryable: Bool

        /// Makes a code.
        ///
        /// Codes with equal names are equal.
        public init(_ name: String, isRetryable: Bool = false) {
            self.name = name
            self.isRetryable = isRetryable
        }

        /// The code's name.
        public var description: String { name }

        /// Two codes are equal when their names are.
        public static func == (left: Code, right: Code) -> Bool { left.name == right.name }

        /// Hashes the name.
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }
}

// Constraints.
extension DatabaseError.Code {
    /// A row with the same key exists.
    public static let uniqueViolation = Self("uniqueViolation")
    /// The referenced row does not exist, or a referencing row does.
    public static let foreignKeyViolation = Self("foreignKeyViolation")
    /// A column that must have a value was given none.
    public static let notNullViolation = Self("notNullViolation")
    /// A check constraint is false.
    public static let checkViolation = Self("checkViolation")
}

// Concurrency.
extension DatabaseError.Code {
    /// The transaction cannot be ordered among its concurrent ones.
    public static let serializationFailure = Self("serializationFailure", isRetryable: true)
    /// The database ended the transaction to break a circle of waiting transactions.
    public static let deadlock = Self("deadlock", isRetryable: true)
    /// A lock was not granted in time.
    public static let lockTimeout = Self("lockTimeout", isRetryable: true)
    /// The statement ran longer than it may.
    public static let statementTimeout = Self("statementTimeout")
    /// The Swift task was cancelled; the work on the database was cancelled with it.
    public static let cancelled = Self("cancelled")
}

// Sessions.
extension DatabaseError.Code {
    /// No session could be opened.
    public static let connectionFailed = Self("connectionFailed", isRetryable: true)
    /// The session broke before the transaction was committed.
    public static let connectionLost = Self("connectionLost", isRetryable: true)
    /// The session broke between COMMIT and its answer, so the work may or may not be there.
    public static let commitOutcomeUnknown = Self("commitOutcomeUnknown")
    /// The database refused the user name, password or certificate.
    public static let authenticationFailed = Self("authenticationFailed")
    /// The user may not do that.
    public static let permissionDenied = Self("permissionDenied")
    /// No connection became free within the checkout timeout.
    public static let poolTimeout = Self("poolTimeout", isRetryable: true)
    /// Every connection of the pool is held by a task that waits for another one of it.
    public static let poolDeadlock = Self("poolDeadlock")
    /// The engine or pool was shut down, or is not running yet.
    public static let poolClosed = Self("poolClosed")
    /// The connection was closed before the call.
    public static let connectionClosed = Self("connectionClosed")
}

// Statements and values.
extension DatabaseError.Code {
    /// The statement is not valid SQL for this database.
    public static let syntaxError = Self("syntaxError")
    /// A table, column or other object does not exist.
    public static let undefinedObject = Self("undefinedObject")
    /// The object exists already.
    public static let duplicateObject = Self("duplicateObject")
    /// A value does not fit its column or the requested Swift type.
    public static let valueOutOfRange = Self("valueOutOfRange")
    /// A value cannot be sent to or read from the database unchanged.
    public static let valueNotRepresentable = Self("valueNotRepresentable")
    /// A column of the result is missing, null, or of another type than was asked for.
    public static let decodingFailed = Self("decodingFailed")
    /// The transaction is read-only, or the database is.
    public static let readOnlyViolation = Self("readOnlyViolation")
    /// The call does not fit the connection's transaction state.
    public static let invalidTransactionState = Self("invalidTransactionState")
}

// Configuration and the rest.
extension DatabaseError.Code {
    /// The URL is malformed; the message names the part at fault.
    public static let invalidURL = Self("invalidURL")
    /// No linked dialect has the URL's scheme.
    public static let unknownScheme = Self("unknownScheme")
    /// Two linked dialects have one scheme.
    public static let duplicateScheme = Self("duplicateScheme")
    /// A setting has a value that it may not have.
    public static let invalidConfiguration = Self("invalidConfiguration")
    /// The dialect does not declare the feature that is needed.
    public static let unsupportedFeature = Self("unsupportedFeature")
    /// The migration graph, plan or version table is not in order.
    public static let invalidMigration = Self("invalidMigration")
    /// The storage is full.
    public static let storageFull = Self("storageFull")
    /// The storage is damaged or is not a database.
    public static let storageCorrupt = Self("storageCorrupt")
    /// The database reported something that the dialect does not classify.
    public static let other = Self("other")
}
