#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A Codable value that is stored as a JSON document.
///
///     try await connection.execute("INSERT INTO jobs (options) VALUES (\(JSON(options)))")
public struct JSON<Value> {
    /// The value that is encoded or was decoded.
    public var value: Value

    /// Wraps a value.
    public init(_ value: Value) { self.value = value }
}

extension JSON: Sendable where Value: Sendable {}
extension JSON: Equatable where Value: Equatable {}
extension JSON: Hashable where Value: Hashable {}

extension JSON: SQLEncodable where Value: Encodable {
    /// The JSON document, with sorted keys so that equal values give equal text.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` when the value cannot be encoded.
    public func sqlValue() throws(DatabaseError) -> SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return .json(String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            throw DatabaseError(
                .valueNotRepresentable,
                "A value of type \(Value.self) cannot be encoded as JSON.",
                underlying: error
            )
        }
    }
}

extension JSON: SQLDecodable where Value: Decodable {
    /// Decodes the document in a JSON, text or bytes column.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when the column is null or not such a document.
    public init(from cell: Cell) throws(DatabaseError) {
        switch cell.kind {
        case .json, .text, .bytes: break
        default: throw cell.mismatch(Self.self)
        }
        do {
            value = try JSONDecoder().decode(Value.self, from: Data(cell.bytes))
        } catch {
            throw cell.mismatch(Self.self, because: "its JSON is not a \(Value.self)", underlying: error)
        }
    }
}
