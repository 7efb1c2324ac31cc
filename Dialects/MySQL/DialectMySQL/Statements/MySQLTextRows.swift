#if MySQL
internal import CLibMariaDB
internal import DialectCore

/// The rows of a statement that was sent as text: every cell is text, and its column says how to read it.
struct MySQLTextRows {
    let rows: Rows

    /// Reads a result that libmariadb has buffered.
    init(_ result: UnsafeMutablePointer<MYSQL_RES>) {
        let count = Int(mysql_num_fields(result))
        guard count > 0, let fields = mysql_fetch_fields(result) else {
            rows = .none
            return
        }
        let readings = (0..<count).map { MySQLColumn(fields[$0]) }
        var builder = RowsBuilder(columns: ResultColumns((0..<count).map { ResultColumn(name: fields[$0].columnName) }))
        while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
            for (index, reading) in readings.enumerated() {
                if let cell = row[index] {
                    reading.read(
                        text: UnsafeRawBufferPointer(start: cell, count: Int(lengths[index])),
                        into: &builder
                    )
                } else {
                    builder.appendNull()
                }
            }
        }
        rows = builder.finish()
    }
}

extension MySQLColumn {
    /// Reads a cell's text; what cannot be read stays text.
    fileprivate func read(text bytes: UnsafeRawBufferPointer, into builder: inout RowsBuilder) {
        switch reading {
        case .bytes(let kind): builder.append(kind, bytes: bytes)
        case .uuid: Self.appendUUID(bytes, &builder)
        case .bits: appendBits(bytes, &builder)
        case .date, .time: builder.append(.text, bytes: bytes)
        case .integer, .float, .double, .dateTime:
            let text = String(decoding: bytes, as: UTF8.self)
            if reading == .dateTime, let timestamp = Timestamp(text), !text.hasPrefix("0000") {
                builder.append(timestamp)
            } else if case .integer = reading, let integer = Int64(text) {
                builder.append(integer)
            } else if case .integer = reading, let integer = UInt64(text) {
                builder.append(unsigned: integer)
            } else if reading == .float || reading == .double, let double = Double(text) {
                builder.append(double)
            } else {
                builder.append(.text, bytes: bytes)
            }
        }
    }
}
#endif
