#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Cell {
    /// The cell's value.
    ///
    /// Text that is not valid UTF-8, and a decimal of more than 38 digits, comes as its bytes.
    public var value: SQLValue {
        switch kind {
        case .null: .null
        case .bool: .bool(integerBits != 0)
        case .integer: .integer(integerBits)
        case .double: .double(double)
        case .timestamp: .timestamp(Timestamp(microsecondsSinceEpoch: integerBits))
        case .bytes: .bytes(bytes)
        case .text: validText.map(SQLValue.text) ?? .bytes(bytes)
        case .json: validText.map(SQLValue.json) ?? .bytes(bytes)
        case .decimal: validText.flatMap(Decimal.init(exactly:)).map(SQLValue.decimal) ?? .bytes(bytes)
        case .uuid: withBytes(UUID.init(sixteenBytes:)).map(SQLValue.uuid) ?? .bytes(bytes)
        }
    }

    private var validText: String? { withBytes { String(validatingUTF8: $0) } }

    /// The error for a cell that cannot be read as a type.
    ///
    /// It names the column and the types, never the value.
    public func mismatch<Value>(
        _ type: Value.Type,
        because reason: String? = nil,
        underlying: (any Error)? = nil
    ) -> DatabaseError {
        let advice =
            if let reason { "\(reason)." } else if isNull { "it is null; ask for an Optional." } else {
                "ask for a type that matches."
            }
        return DatabaseError(
            .decodingFailed,
            "Column '\(column.name)' holds \(kind) and cannot be read as \(Value.self): \(advice)",
            columns: [column.name],
            underlying: underlying
        )
    }

    /// The error for a number that a type cannot hold.
    public func outOfRange<Value>(_ type: Value.Type) -> DatabaseError {
        DatabaseError(
            .valueOutOfRange,
            "Column '\(column.name)' holds a number that \(Value.self) cannot hold exactly; ask for a wider type.",
            columns: [column.name]
        )
    }
}
