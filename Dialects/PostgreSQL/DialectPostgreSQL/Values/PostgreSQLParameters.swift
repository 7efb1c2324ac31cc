#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The values of a statement's parameters, laid out as libpq wants them.
struct PostgreSQLParameters {
    private struct Field {
        var offset: Int
        var length: Int32
        /// 0 for text, 1 for binary.
        var format: Int32
    }

    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    /// Encodes each value for its parameter's type.
    ///
    /// - Throws: `DatabaseError` with code `valueOutOfRange` or `valueNotRepresentable`.
    init(_ values: [SQLValue], as types: [PostgreSQLType]) throws(DatabaseError) {
        fields.reserveCapacity(values.count)
        for position in values.indices {
            append(try PostgreSQLValue(values[position], as: types[position], at: "Parameter \(position + 1)"))
        }
    }

    private mutating func append(_ value: PostgreSQLValue) {
        let start = bytes.count
        bytes.append(binary: value)
        switch value {
        case .null: fields.append(Field(offset: -1, length: 0, format: 0))
        case .text:
            // libpq takes the end of text from its NUL.
            bytes.append(0)
            fields.append(Field(offset: start, length: 0, format: 0))
        default: fields.append(Field(offset: start, length: Int32(bytes.count - start), format: 1))
        }
    }

    /// Gives the number of values, their addresses, lengths and formats, valid only inside `body`.
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        guard !fields.isEmpty else { return body(0, nil, nil, nil) }
        // An empty value still needs an address: libpq takes none for null.
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: fields.count) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * fields.count) { numbers in
                bytes.withUnsafeBufferPointer { bytes in
                    let base = UnsafeRawPointer(bytes.baseAddress ?? Self.nothing)
                    for (position, field) in fields.enumerated() {
                        let address = field.offset < 0 ? nil : (base + field.offset).assumingMemoryBound(to: CChar.self)
                        values.initializeElement(at: position, to: address)
                        numbers.initializeElement(at: position, to: field.length)
                        numbers.initializeElement(at: fields.count + position, to: field.format)
                    }
                    let lengths = numbers.baseAddress.map { UnsafePointer($0) }
                    return body(
                        Int32(fields.count),
                        values.baseAddress.map { UnsafePointer($0) },
                        lengths,
                        lengths.map { $0 + fields.count }
                    )
                }
            }
        }
    }

    // Never freed, never read: only its address counts.
    private nonisolated(unsafe) static let nothing = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
}
#endif
