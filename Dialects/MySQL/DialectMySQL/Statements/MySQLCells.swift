#if MySQL
internal import DialectCore

// How cells stand in a packet of the binary protocol, without going through buffers of libmariadb's.
// https://mariadb.com/kb/en/resultset-row/#binary-resultset-row
extension MySQLColumn {
    /// Reads a cell that is not null from its place in the packet.
    func read(_ cell: UnsafePointer<UInt8>, into builder: inout RowsBuilder) {
        let raw = UnsafeRawPointer(cell)
        switch reading {
        case .integer(let bytes, let isUnsigned):
            appendInteger(raw, bytes, isUnsigned, &builder)
        case .float:
            let bits = UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))
            builder.append(Double(Float(bitPattern: bits)))
        case .double:
            builder.append(Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))))
        case .bytes(let kind):
            builder.append(kind, bytes: Self.bytes(at: cell))
        case .uuid:
            Self.appendUUID(Self.bytes(at: cell), &builder)
        case .bits:
            appendBits(Self.bytes(at: cell), &builder)
        case .date, .dateTime:
            appendDate(MySQLPackedTime(date: Self.bytes(at: cell)), &builder)
        case .time:
            builder.append(text: MySQLPackedTime(time: Self.bytes(at: cell)).timeText)
        }
    }

    private func appendInteger(
        _ raw: UnsafeRawPointer,
        _ bytes: Int,
        _ isUnsigned: Bool,
        _ builder: inout RowsBuilder
    ) {
        switch (bytes, isUnsigned) {
        case (1, false): builder.append(Int64(raw.load(as: Int8.self)))
        case (1, true): builder.append(Int64(raw.load(as: UInt8.self)))
        case (2, false): builder.append(Int64(Int16(littleEndian: raw.loadUnaligned(as: Int16.self))))
        case (2, true): builder.append(Int64(UInt16(littleEndian: raw.loadUnaligned(as: UInt16.self))))
        case (4, false): builder.append(Int64(Int32(littleEndian: raw.loadUnaligned(as: Int32.self))))
        case (4, true): builder.append(Int64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self))))
        case (_, false): builder.append(Int64(littleEndian: raw.loadUnaligned(as: Int64.self)))
        case (_, true): builder.append(unsigned: UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)))
        }
    }

    /// BIT columns have up to 64 bits, the most significant byte first.
    func appendBits(_ bytes: UnsafeRawBufferPointer, _ builder: inout RowsBuilder) {
        builder.append(unsigned: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }

    private func appendDate(_ time: MySQLPackedTime, _ builder: inout RowsBuilder) {
        if reading == .dateTime, let timestamp = time.timestamp {
            builder.append(timestamp)
        } else {
            // The zero dates that sloppy sessions write are no points in time, and stay the text that they are.
            builder.append(text: reading == .date ? time.dateText : "\(time.dateText) \(time.timeText)")
        }
    }

    static func appendUUID(_ text: UnsafeRawBufferPointer, _ builder: inout RowsBuilder) {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { bytes in
            var digits = 0
            var byte: UInt8 = 0
            for character in text where character != UInt8(ascii: "-") && digits < 32 {
                byte = byte << 4 | Self.nibble(character)
                digits += 1
                if digits.isMultiple(of: 2) { bytes[digits / 2 - 1] = byte }
            }
            if digits == 32 {
                builder.append(.uuid, bytes: UnsafeRawBufferPointer(bytes))
            } else {
                builder.append(.text, bytes: text)
            }
        }
    }

    private static func nibble(_ character: UInt8) -> UInt8 {
        character <= UInt8(ascii: "9") ? character &- UInt8(ascii: "0") : (character & 0xDF) &- UInt8(ascii: "A") &+ 10
    }

    /// The bytes of a cell that begins with its length.
    private static func bytes(at cell: UnsafePointer<UInt8>) -> UnsafeRawBufferPointer {
        let raw = UnsafeRawPointer(cell)
        let (length, start): (Int, Int) =
            switch cell[0] {
            case 252: (Int(UInt16(littleEndian: (raw + 1).loadUnaligned(as: UInt16.self))), 3)
            case 253: (Int(cell[1]) | Int(cell[2]) << 8 | Int(cell[3]) << 16, 4)
            case 254: (Int(UInt64(littleEndian: (raw + 1).loadUnaligned(as: UInt64.self))), 9)
            default: (Int(cell[0]), 1)
            }
        return UnsafeRawBufferPointer(start: raw + start, count: length)
    }
}

extension RowsBuilder {
    mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(.text, bytes: UnsafeRawBufferPointer($0)) }
    }

    /// An integer, or a decimal where `Int64` does not reach.
    mutating func append(unsigned value: UInt64) {
        if let integer = Int64(exactly: value) {
            append(integer)
        } else {
            var digits = String(value)
            digits.withUTF8 { append(.decimal, bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
#endif
