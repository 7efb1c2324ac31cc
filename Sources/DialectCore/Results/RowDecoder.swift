extension Row {
    /// Reads the row into a Decodable type, by column names equal to its coding keys.
    ///
    /// A property whose type is `SQLDecodable` is read as such; a property of another Decodable type is read from a JSON
    /// document in its column, or, for a type with one raw value, from the column itself.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(DatabaseError) -> Value {
        do {
            return try Value(from: RowDecoder(row: self))
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(
                .decodingFailed,
                "The row cannot be read as \(Value.self).",
                columns: columns.map(\.name),
                underlying: error
            )
        }
    }
}

/// Presents a row's columns as the keys of a keyed container.
private struct RowDecoder: Decoder {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer(row: row))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw DatabaseError(.decodingFailed, "A row decodes into a type with named properties, not into an array.")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        guard row.columns.count == 1 else {
            throw DatabaseError(
                .decodingFailed,
                "A row of \(row.columns.count) columns cannot be read as one value; select one column."
            )
        }
        return CellContainer(cell: try row.cell(at: 0))
    }
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: Row
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.columns.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { row.columns.position(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try row.cell(named: key.stringValue).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decodeCell(row.cell(named: key.stringValue), as: type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw unsupported("nested containers") }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw unsupported("nested containers")
    }

    func superDecoder() throws -> any Decoder { throw unsupported("class inheritance") }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw unsupported("class inheritance") }
}

/// Presents one cell to a type that decodes itself from a single value, such as an enum with a raw value.
private struct CellDecoder: Decoder {
    let cell: Cell
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw NeedsDocument()
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NeedsDocument() }

    func singleValueContainer() -> any SingleValueDecodingContainer { CellContainer(cell: cell) }
}

private struct CellContainer: SingleValueDecodingContainer {
    let cell: Cell
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { cell.isNull }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decodeCell(cell, as: type) }
}

/// Thrown when a type asks a cell for keys or elements: it is read as a JSON document instead.
private struct NeedsDocument: Error {}

private func decodeCell<Value: Decodable>(_ cell: Cell, as type: Value.Type) throws -> Value {
    if let decodable = type as? any SQLDecodable.Type, let value = try decodable.init(from: cell) as? Value {
        return value
    }
    do {
        return try Value(from: CellDecoder(cell: cell))
    } catch is NeedsDocument {
        return try JSON<Value>(from: cell).value
    }
}

private func unsupported(_ what: String) -> DatabaseError {
    DatabaseError(.decodingFailed, "A row cannot be read into a type that uses \(what); read its columns by hand.")
}
