/// One row of a result.
///
/// Cells are decoded when they are asked for.
///
///     let (id, email) = try row.decode(UUID.self, String.self)
///     let user = try row.decode(User.self)              // Decodable, by column name
///     let banned = try row.decode(Bool.self, named: "banned")
public struct Row: Sendable {
    @usableFromInline let storage: RowStorage
    @usableFromInline let index: Int

    @inlinable
    init(storage: RowStorage, index: Int) {
        self.storage = storage
        self.index = index
    }

    /// The columns of the row.
    @inlinable public var columns: ResultColumns { storage.columns }

    /// The cell at a position from 0.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when there is no such column.
    @inlinable
    public func cell(at position: Int) throws(DatabaseError) -> Cell {
        let count = storage.columns.endIndex
        guard position >= 0, position < count else { throw hasNoColumn(position) }
        return Cell(storage: storage, record: index * count + position)
    }

    @usableFromInline
    func hasNoColumn(_ position: Int) -> DatabaseError {
        DatabaseError(.decodingFailed, "The row has no column \(position): it has \(columns.count) columns.")
    }

    /// The cell of the column with exactly this name.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when there is no such column.
    public func cell(named name: String) throws(DatabaseError) -> Cell {
        guard let position = columns.position(of: name) else {
            let names = columns.map(\.name).joined(separator: ", ")
            throw DatabaseError(.decodingFailed, "The row has no column '\(name)': its columns are \(names).")
        }
        return try cell(at: position)
    }

    /// Reads the cell at a position from 0.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<Value: SQLDecodable>(
        _ type: Value.Type = Value.self,
        at position: Int
    ) throws(DatabaseError) -> Value {
        try Value(from: cell(at: position))
    }

    /// Reads the cell of a column by its name.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<Value: SQLDecodable>(
        _ type: Value.Type = Value.self,
        named name: String
    ) throws(DatabaseError) -> Value {
        try Value(from: cell(named: name))
    }

    /// Reads the first cell of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<Value: SQLDecodable>(_ type: Value.Type = Value.self) throws(DatabaseError) -> Value {
        try decode(type, at: 0)
    }

    /// Reads the first cell of the row.
    ///
    /// For types such as `UUID` and `String`, which are Decodable too: they are read from the cell, not by a decoder.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<Value: SQLDecodable & Decodable>(
        _ type: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        try decode(type, at: 0)
    }
}
