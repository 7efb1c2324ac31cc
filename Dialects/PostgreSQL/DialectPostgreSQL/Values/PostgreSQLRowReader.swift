#if PostgreSQL
internal import CLibPQ
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The columns of a statement's result, and how their cells are read.
///
/// All columns of a result come in one format: binary where every column's type is known here, else text.
struct PostgreSQLRowReader: Sendable {
    /// What a cell of a column becomes.
    enum Reading: UInt8, Sendable {
        case bool, int2, int4, int8, oid, float4, float8, numeric, text, bytea, uuid, timestamp, date, time, json, jsonb
    }

    let columns: ResultColumns
    /// 1 for binary, 0 for text.
    let format: Int32
    /// The columns' types on the server.
    let types: [PostgreSQLType]
    private let readings: [Reading]

    /// Makes a reader for the columns that a description or a result has; `format` is the result's, nil to choose it.
    init(_ result: borrowing PostgreSQLResult, format: Int32? = nil) {
        let count = PQnfields(result.pointer)
        types = (0..<count).map { PostgreSQLType(rawValue: PQftype(result.pointer, $0)) }
        let known = types.map(Self.reading)
        columns = ResultColumns(
            (0..<count).map { column in
                ResultColumn(name: PQfname(result.pointer, column).map { String(cString: $0) } ?? "")
            }
        )
        self.format = format ?? (known.contains(nil) ? 0 : 1)
        readings = known.map { $0 ?? .text }
    }

    /// A type of which the binary form is not known is read as text.
    private static func reading(_ type: PostgreSQLType) -> Reading? {
        switch type {
        case .bool: .bool
        case .int2: .int2
        case .int4: .int4
        case .int8: .int8
        case .oid: .oid
        case .float4: .float4
        case .float8: .float8
        case .numeric: .numeric
        case .bytea: .bytea
        case .uuid: .uuid
        case .timestamp, .timestamptz: .timestamp
        case .date: .date
        case .time: .time
        case .json: .json
        case .jsonb: .jsonb
        case .void: .text
        case _ where type.isText: .text
        default: nil
        }
    }

    /// Collects the rows of a result.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for a value that has no equal here, such as `infinity`.
    func rows(of result: borrowing PostgreSQLResult) throws(DatabaseError) -> Rows {
        let count = PQntuples(result.pointer)
        guard count > 0 else { return RowsBuilder(columns: columns).finish() }
        let pointer = result.pointer
        var rows = RowsBuilder(columns: columns, rows: Int(count), bytes: expectedBytes(pointer, count))
        var scratch: [UInt8] = []
        for row in 0..<count {
            for column in 0..<Int32(readings.count) {
                guard let value = PQgetvalue(pointer, row, column) else { continue }
                let length = Int(PQgetlength(pointer, row, column))
                if length == 0, PQgetisnull(pointer, row, column) != 0 {
                    rows.appendNull()
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: value, count: length)
                let isRead =
                    format == 1
                    ? Self.append(bytes, as: readings[Int(column)], to: &rows, &scratch)
                    : Self.append(text: bytes, as: readings[Int(column)], to: &rows)
                if !isRead { throw unreadable(Int(column)) }
            }
        }
        return rows.finish()
    }

    /// How many bytes the rows may need, taken from the first of them; more than a mebibyte is not kept ready.
    private func expectedBytes(_ pointer: OpaquePointer, _ count: Int32) -> Int {
        let first = readings.indices.reduce(0) { $0 + Int(PQgetlength(pointer, 0, Int32($1))) }
        return count == 1 ? first : min(first, 1 << 20 / Int(count)) * Int(count)
    }

    private func unreadable(_ column: Int) -> DatabaseError {
        DatabaseError(
            .decodingFailed,
            "The column '\(columns[column].name)' holds a value that cannot be read unchanged, such as an infinite time; "
                + "select its text with ::text.",
            columns: [columns[column].name]
        )
    }

    @inline(__always)
    private static func append(
        _ bytes: UnsafeRawBufferPointer,
        as reading: Reading,
        to rows: inout RowsBuilder,
        _ scratch: inout [UInt8]
    ) -> Bool {
        switch reading {
        case .text: rows.append(.text, bytes: bytes)
        case .json: rows.append(.json, bytes: bytes)
        case .bytea: rows.append(.bytes, bytes: bytes)
        case .int8:
            guard let value = integer(bytes, as: Int64.self) else { return false }
            rows.append(value)
        case .int4:
            guard let value = integer(bytes, as: Int32.self) else { return false }
            rows.append(Int64(value))
        case .int2:
            guard let value = integer(bytes, as: Int16.self) else { return false }
            rows.append(Int64(value))
        case .oid:
            guard let value = integer(bytes, as: UInt32.self) else { return false }
            rows.append(Int64(value))
        case .bool:
            guard bytes.count == 1 else { return false }
            rows.append(bytes[0] != 0)
        case .float8:
            guard let bits = integer(bytes, as: UInt64.self) else { return false }
            rows.append(Double(bitPattern: bits))
        case .float4:
            guard let bits = integer(bytes, as: UInt32.self) else { return false }
            rows.append(Double(Float(bitPattern: bits)))
        case .uuid:
            guard bytes.count == 16 else { return false }
            rows.append(.uuid, bytes: bytes)
        case .timestamp:
            guard let count = integer(bytes, as: Int64.self), let value = PostgreSQLTime.timestamp(count: count) else {
                return false
            }
            rows.append(value)
        case .jsonb:
            // The first byte is the version of the form.
            guard bytes.first == 1 else { return false }
            rows.append(.json, bytes: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
        case .numeric:
            scratch.removeAll(keepingCapacity: true)
            guard PostgreSQLNumeric.appendText(of: bytes, to: &scratch) else { return false }
            scratch.withUnsafeBytes { rows.append(.decimal, bytes: $0) }
        case .date:
            guard let days = integer(bytes, as: Int32.self), var text = PostgreSQLTime.dateText(days: days) else {
                return false
            }
            text.withUTF8 { rows.append(.text, bytes: UnsafeRawBufferPointer($0)) }
        case .time:
            guard let count = integer(bytes, as: Int64.self) else { return false }
            var text = PostgreSQLTime.timeText(microseconds: count)
            text.withUTF8 { rows.append(.text, bytes: UnsafeRawBufferPointer($0)) }
        }
        return true
    }

    @inline(__always)
    private static func integer<Integer: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer,
        as type: Integer.Type
    ) -> Integer? {
        bytes.count == MemoryLayout<Integer>.size ? Integer(bigEndian: bytes.loadUnaligned(as: type)) : nil
    }
}
#endif
