#if PostgreSQL
internal import DialectCore

/// Rows on their way into COPY, in one of its formats.
protocol PostgreSQLCopyRows {
    /// What the statement says about the format.
    static var clause: String { get }

    /// What is to be sent.
    var bytes: [UInt8] { get }

    init(_ place: PostgreSQLCopyPlace)

    /// Forgets the bytes, which were sent.
    mutating func removeAll()

    /// Appends a row.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` or `valueOutOfRange`, naming the row and column.
    mutating func append(_ row: [SQLValue]) throws(DatabaseError)

    /// Appends what comes after the last row.
    mutating func appendEnd()
}

/// Where the rows of a COPY go.
struct PostgreSQLCopyPlace {
    /// The table and its columns, as the statement names them.
    let target: String
    let columns: [String]
    let types: [PostgreSQLType]

    func requireWidth(of row: [SQLValue], _ number: Int) throws(DatabaseError) {
        guard row.count == columns.count else {
            throw DatabaseError(
                .valueNotRepresentable,
                "Row \(number) has \(row.count) values for \(columns.count) columns."
            )
        }
    }

    /// Where a value is, for messages.
    func description(_ row: Int, _ index: Int) -> String {
        "The value in row \(row) for column '\(columns[index])'"
    }
}
#endif
