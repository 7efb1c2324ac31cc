internal import CSQLiteFamily

/// The extended result codes that are told apart, which Swift cannot import: they are macros with operators.
enum SQLiteCode {
    static let busySnapshot = extended(SQLITE_BUSY, 2)
    static let readOnlyMoved = extended(SQLITE_READONLY, 4)
    static let constraintCheck = extended(SQLITE_CONSTRAINT, 1)
    static let constraintForeignKey = extended(SQLITE_CONSTRAINT, 3)
    static let constraintNotNull = extended(SQLITE_CONSTRAINT, 5)
    static let constraintPrimaryKey = extended(SQLITE_CONSTRAINT, 6)
    static let constraintTrigger = extended(SQLITE_CONSTRAINT, 7)
    static let constraintUnique = extended(SQLITE_CONSTRAINT, 8)
    static let constraintRowID = extended(SQLITE_CONSTRAINT, 10)
    static let constraintDataType = extended(SQLITE_CONSTRAINT, 12)

    private static func extended(_ primary: Int32, _ detail: Int) -> Int { Int(primary) | detail << 8 }

    /// Whether the lock that was missing may be granted when it is asked for again.
    ///
    /// Not a lock that the same connection holds: waiting does not release it.
    static func isWorthWaiting(_ code: Int32) -> Bool {
        code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_PROTOCOL
    }
}
