/// Collects the cells of rows into one flat buffer.
///
/// Dialects fill it; `Rows` reads it.
///
/// Cells are appended row by row, from the first column to the last. A batch holds at most 4 GiB in one cell.
///
/// Inlinable, as reading rows is: both happen for every cell.
public struct RowsBuilder: ~Copyable {
    @usableFromInline let columns: ResultColumns
    @usableFromInline var records: [CellRecord] = []
    @usableFromInline var buffer: [UInt8] = []

    /// Makes an empty builder for rows with these columns.
    ///
    /// Somebody who knows how many rows and bytes will come says so, which saves copying them.
    public init(columns: ResultColumns, rows: Int = 0, bytes: Int = 0) {
        self.columns = columns
        if rows > 0 { records.reserveCapacity(rows * columns.count) }
        if bytes > 0 { buffer.reserveCapacity(bytes) }
    }

    /// The number of complete rows so far.
    public var rowCount: Int { columns.isEmpty ? 0 : records.count / columns.count }

    /// The bytes that text, blobs and the like take so far.
    public var byteCount: Int { buffer.count }

    /// Appends a null cell.
    @inlinable
    public mutating func appendNull() { records.append(CellRecord(kind: .null, payload: 0, length: 0)) }

    /// Appends a boolean cell.
    @inlinable
    public mutating func append(_ value: Bool) {
        records.append(CellRecord(kind: .bool, payload: value ? 1 : 0, length: 0))
    }

    /// Appends an integer cell.
    @inlinable
    public mutating func append(_ value: Int64) {
        records.append(CellRecord(kind: .integer, payload: UInt64(bitPattern: value), length: 0))
    }

    /// Appends a floating-point cell.
    @inlinable
    public mutating func append(_ value: Double) {
        records.append(CellRecord(kind: .double, payload: value.bitPattern, length: 0))
    }

    /// Appends a timestamp cell.
    @inlinable
    public mutating func append(_ value: Timestamp) {
        records.append(
            CellRecord(kind: .timestamp, payload: UInt64(bitPattern: value.microsecondsSinceEpoch), length: 0)
        )
    }

    /// Appends a cell whose value is bytes: `decimal`, `text`, `bytes`, `uuid` or `json`.
    ///
    /// The bytes are copied. Text need not be valid UTF-8: reading it as a `String` then is an error.
    @inlinable
    public mutating func append(_ kind: CellKind, bytes: UnsafeRawBufferPointer) {
        precondition(
            kind.hasBytes && UInt32(exactly: bytes.count) != nil,
            "a \(kind) cell has no bytes, or more than 4 GiB of them"
        )
        records.append(CellRecord(kind: kind, payload: UInt64(buffer.count), length: UInt32(bytes.count)))
        buffer.append(contentsOf: bytes)
    }

    /// The collected rows.
    ///
    /// The last row must be complete.
    public consuming func finish() -> Rows {
        precondition(
            columns.isEmpty ? records.isEmpty : records.count.isMultiple(of: columns.count),
            "the last row is not complete"
        )
        return Rows(storage: RowStorage(columns: columns, records: records, buffer: buffer))
    }
}

/// One cell: its kind, and either its bits or where its bytes are in the buffer; 16 bytes.
@usableFromInline
struct CellRecord: Sendable {
    @usableFromInline let payload: UInt64
    @usableFromInline let length: UInt32
    @usableFromInline let kind: CellKind

    @inlinable
    init(kind: CellKind, payload: UInt64, length: UInt32) {
        self.payload = payload
        self.length = length
        self.kind = kind
    }
}

/// The immutable storage that the rows of one batch share.
@usableFromInline
final class RowStorage: Sendable {
    @usableFromInline let columns: ResultColumns
    @usableFromInline let records: [CellRecord]
    @usableFromInline let buffer: [UInt8]

    init(columns: ResultColumns, records: [CellRecord], buffer: [UInt8]) {
        self.columns = columns
        self.records = records
        self.buffer = buffer
    }
}
