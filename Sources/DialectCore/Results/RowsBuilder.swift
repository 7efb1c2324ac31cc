/// Collects the cells of rows into one flat buffer.
///
/// Dialects fill it; `Rows` reads it.
///
/// Cells are appended row by row, from the first column to the last. A batch holds at most 4 GiB in one cell.
public struct RowsBuilder: ~Copyable {
    private let columns: ResultColumns
    private var records: [CellRecord] = []
    private var buffer: [UInt8] = []

    /// Makes an empty builder for rows with these columns.
    public init(columns: ResultColumns) { self.columns = columns }

    /// The number of complete rows so far.
    public var rowCount: Int { columns.isEmpty ? 0 : records.count / columns.count }

    /// The bytes that text, blobs and the like take so far.
    public var byteCount: Int { buffer.count }

    /// Appends a null cell.
    public mutating func appendNull() { records.append(CellRecord(kind: .null, payload: 0, length: 0)) }

    /// Appends a boolean cell.
    public mutating func append(_ value: Bool) {
        records.append(CellRecord(kind: .bool, payload: value ? 1 : 0, length: 0))
    }

    /// Appends an integer cell.
    public mutating func append(_ value: Int64) {
        records.append(CellRecord(kind: .integer, payload: UInt64(bitPattern: value), length: 0))
    }

    /// Appends a floating-point cell.
    public mutating func append(_ value: Double) {
        records.append(CellRecord(kind: .double, payload: value.bitPattern, length: 0))
    }

    /// Appends a timestamp cell.
    public mutating func append(_ value: Timestamp) {
        records.append(
            CellRecord(kind: .timestamp, payload: UInt64(bitPattern: value.microsecondsSinceEpoch), length: 0)
        )
    }

    /// Appends a cell whose value is bytes: `decimal`, `text`, `bytes`, `uuid` or `json`.
    ///
    /// The bytes are copied. Text need not be valid UTF-8: reading it as a `String` then is an error.
    public mutating func append(_ kind: CellKind, bytes: UnsafeRawBufferPointer) {
        precondition(
            [.decimal, .text, .bytes, .uuid, .json].contains(kind) && UInt32(exactly: bytes.count) != nil,
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

/// One cell: its kind, and either its bits or where its bytes are in the buffer.
struct CellRecord {
    let kind: CellKind
    let payload: UInt64
    let length: UInt32
}

/// The immutable storage that the rows of one batch share.
final class RowStorage: Sendable {
    let columns: ResultColumns
    let records: [CellRecord]
    let buffer: [UInt8]

    init(columns: ResultColumns, records: [CellRecord], buffer: [UInt8]) {
        self.columns = columns
        self.records = records
        self.buffer = buffer
    }
}
