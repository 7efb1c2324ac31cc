public import DialectCore

extension CommonSQLite {
    /// Writes a value into SQL text.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for what SQLite would store changed.
    public func literal(_ value: SQLValue) throws(DatabaseError) -> String {
        switch try SQLiteStored(value, at: "A value of the script") {
        case .null: "NULL"
        // The least integer has no literal: its digits without the sign are those of a double.
        case .integer(.min): "(-9223372036854775807 - 1)"
        case .integer(let integer): integer < 0 ? "(\(integer))" : String(integer)
        // A number that is too large for a double reads as the infinity.
        case .double(let double) where double.isInfinite: double < 0 ? "(-9e999)" : "9e999"
        case .double(let double): double < 0 ? "(\(double))" : "\(double)"
        case .text(let text): characters(text)
        case .bytes(let bytes): "X'\(bytes.hexadecimal)'"
        }
    }

    func characters(_ text: String) -> String {
        // What follows a NUL is not read: https://sqlite.org/nulinstr.html
        guard !text.utf8.contains(0) else { return "CAST(X'\(Array(text.utf8).hexadecimal)' AS TEXT)" }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}
