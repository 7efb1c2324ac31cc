internal import CSQLiteFamily
internal import DialectCore

extension SQLiteStatement {
    /// Binds the value of the parameter at a position from 1.
    func bind(_ value: SQLValue, at position: Int32) throws(DatabaseError) {
        let code: Int32 =
            switch try SQLiteStored(value, at: "Parameter \(position)") {
            case .null: sqlite3_bind_null(pointer, position)
            case .integer(let integer): sqlite3_bind_int64(pointer, position, integer)
            case .double(let double): sqlite3_bind_double(pointer, position, double)
            case .text(let text): bind(text: text, at: position)
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

    /// Appends the cells of the row that the statement stands on.
    ///
    /// Through the columns' values, which know what they are: to ask for a column by its position costs a look-up each time.
    /// Such a value may be read where nobody else uses the database, as nobody does here.
    func appendRow(to rows: inout RowsBuilder) {
        for column in 0..<columnCount {
            let value = dialect_sqlite_value(pointer, column)
            switch dialect_sqlite_value_type(value) {
            case SQLITE_INTEGER: rows.append(dialect_sqlite_value_int64(value))
            case SQLITE_FLOAT: rows.append(dialect_sqlite_value_double(value))
            case SQLITE_TEXT:
                // The address first: asking for it may convert the text, and changes the number of bytes.
                let address = dialect_sqlite_value_text(value)
                rows.append(.text, bytes: bytes(at: address, of: value))
            case SQLITE_BLOB:
                let address = dialect_sqlite_value_blob(value)
                rows.append(.bytes, bytes: bytes(at: address, of: value))
            default: rows.appendNull()
            }
        }
    }

    private func bytes(at address: UnsafeRawPointer?, of value: UnsafeMutableRawPointer?) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : Int(dialect_sqlite_value_bytes(value)))
    }
}
