/// One cell of a row: a view that decodes on demand.
public struct Cell: Sendable {
    @usableFromInline let storage: RowStorage
    @usableFromInline let recordIndex: Int

    @inlinable
    init(storage: RowStorage, record: Int) {
        self.storage = storage
        recordIndex = record
    }

    @inlinable var record: CellRecord { storage.records[recordIndex] }

    /// The cell's column.
    public var column: ResultColumn { storage.columns[recordIndex % storage.columns.count] }

    /// What the cell holds.
    @inlinable public var kind: CellKind { record.kind }

    /// Whether the cell is null.
    @inlinable public var isNull: Bool { record.kind == .null }

    /// The bits of a `bool`, `integer` or `timestamp` cell as an integer.
    @inlinable public var integerBits: Int64 { Int64(bitPattern: record.payload) }

    /// The number in a `double` cell.
    @inlinable public var double: Double { Double(bitPattern: record.payload) }

    /// A copy of the bytes of a cell that holds `decimal`, `text`, `bytes`, `uuid` or `json`; empty for the others.
    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// Gives the bytes of a cell that holds `decimal`, `text`, `bytes`, `uuid` or `json`; empty for the others.
    ///
    /// The pointer is valid only inside `body`.
    @inlinable
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let record = record
        return storage.buffer.withUnsafeBytes { buffer in
            guard record.length > 0 else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
            let start = Int(record.payload)
            return body(UnsafeRawBufferPointer(rebasing: buffer[start..<start + Int(record.length)]))
        }
    }
}
