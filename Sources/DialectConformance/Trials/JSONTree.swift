internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a JSON document says, whatever its spelling.
indirect enum JSONTree: Decodable, Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Decimal)
    case text([UInt8])
    case array([JSONTree])
    case object([String: JSONTree])

    /// Reads a document, or throws when it is none.
    init(_ text: String) throws(DatabaseError) {
        do {
            self = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        } catch {
            throw DatabaseError(.decodingFailed, "A JSON document of the suite cannot be read.", underlying: error)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(Array(text.utf8))
        } else if let array = try? container.decode([JSONTree].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }
}
