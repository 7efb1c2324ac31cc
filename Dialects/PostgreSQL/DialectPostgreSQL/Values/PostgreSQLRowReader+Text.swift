#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// Cells in the text format, which a result has when the binary form of one of its types is not known.
extension PostgreSQLRowReader {
    static func append(text bytes: UnsafeRawBufferPointer, as reading: Reading, to rows: inout RowsBuilder) -> Bool {
        switch reading {
        case .text, .date, .time: rows.append(.text, bytes: bytes)
        case .json, .jsonb: rows.append(.json, bytes: bytes)
        case .numeric: rows.append(.decimal, bytes: bytes)
        case .bool:
            rows.append(bytes.first == UInt8(ascii: "t"))
        case .int2, .int4, .int8, .oid:
            guard let value = Int64(String(decoding: bytes, as: UTF8.self)) else { return false }
            rows.append(value)
        case .float8:
            guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { return false }
            rows.append(value)
        case .float4:
            guard let value = Float(String(decoding: bytes, as: UTF8.self)) else { return false }
            rows.append(Double(value))
        case .uuid:
            guard let value = UUID(uuidString: String(decoding: bytes, as: UTF8.self)) else { return false }
            withUnsafeBytes(of: value.uuid) { rows.append(.uuid, bytes: $0) }
        case .timestamp:
            guard let value = PostgreSQLTime.timestamp(text: String(decoding: bytes, as: UTF8.self)) else {
                return false
            }
            rows.append(value)
        case .bytea:
            guard let value = hexadecimal(bytes) else { return false }
            value.withUnsafeBytes { rows.append(.bytes, bytes: $0) }
        }
        return true
    }

    /// Reads `\x` and two digits for each byte, the server's usual form.
    ///
    /// https://www.postgresql.org/docs/current/datatype-binary.html
    private static func hexadecimal(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.count.isMultiple(of: 2), text.starts(with: "\\x".utf8) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
#endif
