#if MySQL
internal import CLibMariaDB
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The values of a statement's parameters, in memory that stays where it is while libmariadb reads it.
///
/// How each value travels: booleans and integers as integers, doubles as they are, timestamps as DATETIME in UTC, decimals,
/// text and JSON as text, bytes as a BLOB. A UUID is its 32 hexadecimal digits: a CHAR(32) column holds just these, and
/// MariaDB's UUID columns take them as well as the spelling with dashes, in comparisons too, which then use the column's
/// index.
final class MySQLParameters {
    let count: Int
    let binds: UnsafeMutablePointer<MYSQL_BIND>
    private let lengths: UnsafeMutablePointer<UInt>
    private var memory: UnsafeMutableRawPointer
    private var capacity = 64

    init(count: Int) {
        self.count = count
        binds = .allocate(capacity: max(1, count))
        lengths = .allocate(capacity: max(1, count))
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        binds.deallocate()
        lengths.deallocate()
        memory.deallocate()
    }

    /// Writes the values; returns how many bytes they take.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable`.
    func set(_ values: [SQLValue]) throws(DatabaseError) -> Int {
        var encoded: [Encoded] = []
        encoded.reserveCapacity(values.count)
        var size = 0
        for value in values {
            let next = try Encoded(value)
            size += next.size
            encoded.append(next)
        }
        makeRoom(size)
        var offset = 0
        for (index, value) in encoded.enumerated() {
            let place = memory + offset
            value.write(to: place)
            offset += value.size
            var bind = MYSQL_BIND()
            bind.buffer_type = value.type
            bind.buffer = place
            lengths[index] = UInt(value.length)
            bind.length = lengths + index
            bind.buffer_length = UInt(value.length)
            (binds + index).initialize(to: bind)
        }
        return size
    }

    /// Grows for large values, and shrinks again afterwards.
    private func makeRoom(_ size: Int) {
        guard size + 16 > capacity || capacity > 1 << 16 else { return }
        memory.deallocate()
        capacity = max(64, size + 16)
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    /// A value as libmariadb wants it.
    private enum Encoded {
        case null
        case boolean(Bool)
        case integer(Int64)
        case double(Double)
        case time(MYSQL_TIME)
        case text(String, enum_field_types)
        case bytes([UInt8])

        init(_ value: SQLValue) throws(DatabaseError) {
            switch value {
            case .null: self = .null
            case .bool(let isTrue): self = .boolean(isTrue)
            case .integer(let integer): self = .integer(integer)
            case .double(let double): self = .double(try MySQLParameters.checked(double))
            case .decimal(let decimal): self = .text(try MySQLParameters.text(of: decimal), MYSQL_TYPE_NEWDECIMAL)
            case .text(let text), .json(let text): self = .text(text, MYSQL_TYPE_STRING)
            case .bytes(let bytes): self = .bytes(bytes)
            case .uuid(let uuid): self = .text(uuid.hexadecimal, MYSQL_TYPE_STRING)
            case .timestamp(let timestamp): self = .time(try MYSQL_TIME(timestamp))
            }
        }

        var type: enum_field_types {
            switch self {
            case .null: MYSQL_TYPE_NULL
            case .boolean: MYSQL_TYPE_TINY
            case .integer: MYSQL_TYPE_LONGLONG
            case .double: MYSQL_TYPE_DOUBLE
            case .time: MYSQL_TYPE_DATETIME
            case .text(_, let type): type
            case .bytes: MYSQL_TYPE_BLOB
            }
        }

        var length: Int {
            switch self {
            case .null: 0
            case .boolean: 1
            case .integer, .double: 8
            case .time: MemoryLayout<MYSQL_TIME>.size
            case .text(let text, _): text.utf8.count
            case .bytes(let bytes): bytes.count
            }
        }

        /// The length, rounded up to what keeps the next value aligned; never zero, since a null pointer means NULL.
        var size: Int { (length + 16) & ~15 }

        func write(to place: UnsafeMutableRawPointer) {
            switch self {
            case .null: break
            case .boolean(let isTrue): place.storeBytes(of: isTrue ? 1 : 0, as: UInt8.self)
            case .integer(let integer): place.storeBytes(of: integer, as: Int64.self)
            case .double(let double): place.storeBytes(of: double, as: Double.self)
            case .time(let time): place.storeBytes(of: time, as: MYSQL_TIME.self)
            case .text(var text, _):
                text.withUTF8 { utf8 in
                    if let base = utf8.baseAddress { place.copyMemory(from: base, byteCount: utf8.count) }
                }
            case .bytes(let bytes):
                bytes.withUnsafeBytes { bytes in
                    if let base = bytes.baseAddress { place.copyMemory(from: base, byteCount: bytes.count) }
                }
            }
        }
    }
}

extension MySQLParameters {
    /// MariaDB takes the sign from a zero, already from a parameter's.
    static func checked(_ double: Double) throws(DatabaseError) -> Double {
        guard double.isFinite, double != 0 || double.sign == .plus else {
            throw .notRepresentable("A double is infinite, not a number or the negative zero")
        }
        return double
    }

    /// Servers hold 65 digits, 30 of them behind the point, and would round the rest away without a word.
    static func text(of decimal: Decimal) throws(DatabaseError) -> String {
        let text = decimal.description
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard
            decimal.isFinite, (1...2).contains(parts.count), parts.allSatisfy({ $0.utf8.allSatisfy(isDigit) }),
            parts.count == 1 || parts[1].count <= 30, parts.reduce(0, { $0 + $1.count }) <= 65
        else { throw .notRepresentable("A decimal has more than 65 digits, or more than 30 behind the point") }
        return text
    }

    static func checked(_ timestamp: Timestamp) throws(DatabaseError) -> Timestamp {
        guard (1...9999).contains(CivilTime(timestamp).year) else {
            throw .notRepresentable("A timestamp is not in the years 1 to 9999")
        }
        return timestamp
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

extension MYSQL_TIME {
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` outside the years 1 to 9999.
    init(_ timestamp: Timestamp) throws(DatabaseError) {
        let time = CivilTime(try MySQLParameters.checked(timestamp))
        self.init()
        year = UInt32(time.year)
        month = UInt32(time.month)
        day = UInt32(time.day)
        hour = UInt32(time.hour)
        minute = UInt32(time.minute)
        second = UInt32(time.second)
        second_part = UInt(time.microsecond)
        time_type = MYSQL_TIMESTAMP_DATETIME
    }
}

extension DatabaseError {
    fileprivate static func notRepresentable(_ what: String) -> DatabaseError {
        DatabaseError(.valueNotRepresentable, "\(what), which MySQL and MariaDB cannot hold unchanged.")
    }
}
#endif
