internal import CSQLiteFamily
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// How values are stored, which is how SQLAlchemy's SQLite dialect stores them, so that programs of both can share a file:
// a UUID as 32 lower-case hexadecimal digits, a boolean as 0 or 1, a timestamp as text in UTC with six fraction digits,
// which sorts as the times do. Decimals and JSON documents are text.
extension SQLiteStatement {
    /// Binds the value of the parameter at a position from 1.
    func bind(_ value: SQLValue, at position: Int32) throws(DatabaseError) {
        let code: Int32 =
            switch value {
            case .null: sqlite3_bind_null(pointer, position)
            case .bool(let isTrue): sqlite3_bind_int64(pointer, position, isTrue ? 1 : 0)
            case .integer(let integer): sqlite3_bind_int64(pointer, position, integer)
            case .double(let double): sqlite3_bind_double(pointer, position, try storable(double, at: position))
            case .text(let text), .json(let text): bind(text: text, at: position)
            case .uuid(let uuid): bind(text: uuid.hexadecimal, at: position)
            case .decimal(let decimal): bind(text: try storable(decimal, at: position), at: position)
            case .timestamp(let timestamp): bind(text: try storable(timestamp, at: position), at: position)
            case .bytes(let bytes): bind(bytes: bytes, at: position)
            }
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            code == SQLITE_TOOBIG ? .valueOutOfRange : .other,
            "Parameter \(position) cannot be bound: "
                + (code == SQLITE_TOOBIG ? "it is larger than SQLite's limit." : "SQLite reports \(code)."),
            vendorCode: Int(code)
        )
    }

    private func bind(text: String, at position: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                // A null pointer would bind NULL, so the empty text gets the address of something else.
                guard let address = characters.baseAddress else {
                    return sqlite3_bind_text64(pointer, position, "", 0, dialect_sqlite_transient(), UInt8(SQLITE_UTF8))
                }
                return sqlite3_bind_text64(
                    pointer,
                    position,
                    address,
                    UInt64(characters.count),
                    dialect_sqlite_transient(),
                    UInt8(SQLITE_UTF8)
                )
            }
        }
    }

    private func bind(bytes: [UInt8], at position: Int32) -> Int32 {
        // An empty array may have no address, and a null pointer would bind NULL.
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, position, 0) }
        return bytes.withUnsafeBytes {
            sqlite3_bind_blob64(pointer, position, $0.baseAddress, UInt64($0.count), dialect_sqlite_transient())
        }
    }

    /// SQLite stores a NaN as NULL, and a negative zero in a column of doubles as zero.
    private func storable(_ double: Double, at position: Int32) throws(DatabaseError) -> Double {
        if double.isNaN { throw refused("is not a number (NaN), which SQLite turns into NULL; bind nil", position) }
        if double == 0, double.sign == .minus {
            throw refused("is the negative zero, which SQLite turns into 0.0; bind 0.0", position)
        }
        return double
    }

    private func storable(_ decimal: Decimal, at position: Int32) throws(DatabaseError) -> String {
        guard decimal.isFinite else { throw refused("is not a number (NaN); bind nil", position) }
        let text = decimal.description
        guard Decimal(exactly: text) == decimal else {
            throw refused("is a decimal that takes more than 38 digits to write; bind its text", position)
        }
        return text
    }

    /// Outside the years 1 to 9999 the text would no longer sort as the times do.
    private func storable(_ timestamp: Timestamp, at position: Int32) throws(DatabaseError) -> String {
        guard Self.storableTimes.contains(timestamp) else {
            throw refused("is a time outside the years 1 to 9999; bind its microseconds as an integer", position)
        }
        return timestamp.description
    }

    private static let storableTimes =
        Timestamp(
            microsecondsSinceEpoch: -62_135_596_800_000_000
        )...Timestamp(microsecondsSinceEpoch: 253_402_300_799_999_999)

    private func refused(_ problem: String, _ position: Int32) -> DatabaseError {
        DatabaseError(.valueNotRepresentable, "Parameter \(position) \(problem).")
    }

    /// Appends the cells of the row that the statement stands on.
    func appendRow(to rows: inout RowsBuilder) {
        for column in 0..<columnCount {
            switch sqlite3_column_type(pointer, column) {
            case SQLITE_INTEGER: rows.append(sqlite3_column_int64(pointer, column))
            case SQLITE_FLOAT: rows.append(sqlite3_column_double(pointer, column))
            case SQLITE_TEXT:
                // The address first: asking for it may convert the text, and changes the number of bytes.
                let address = sqlite3_column_text(pointer, column)
                rows.append(.text, bytes: bytes(at: address, of: column))
            case SQLITE_BLOB:
                let address = sqlite3_column_blob(pointer, column)
                rows.append(.bytes, bytes: bytes(at: address, of: column))
            default: rows.appendNull()
            }
        }
    }

    private func bytes(at address: UnsafeRawPointer?, of column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
    }
}
