#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension SQLValue: SQLEncodable {
    /// The value itself.
    public func sqlValue() -> SQLValue { self }
}

extension Bool: SQLEncodable {
    /// The value as `bool`.
    public func sqlValue() -> SQLValue { .bool(self) }
}

extension String: SQLEncodable {
    /// The value as `text`.
    public func sqlValue() -> SQLValue { .text(self) }
}

extension Substring: SQLEncodable {
    /// The value as `text`.
    public func sqlValue() -> SQLValue { .text(String(self)) }
}

extension Double: SQLEncodable {
    /// The value as `double`.
    public func sqlValue() -> SQLValue { .double(self) }
}

extension Float: SQLEncodable {
    /// The value as `double`, which holds every `Float`.
    public func sqlValue() -> SQLValue { .double(Double(self)) }
}

extension Decimal: SQLEncodable {
    /// The value as `decimal`.
    public func sqlValue() -> SQLValue { .decimal(self) }
}

extension UUID: SQLEncodable {
    /// The value as `uuid`.
    public func sqlValue() -> SQLValue { .uuid(self) }
}

extension Timestamp: SQLEncodable {
    /// The value as `timestamp`.
    public func sqlValue() -> SQLValue { .timestamp(self) }
}

extension Date: SQLEncodable {
    /// The value as `timestamp`, rounded to the nearest microsecond.
    public func sqlValue() -> SQLValue { .timestamp(Timestamp(self)) }
}

extension URL: SQLEncodable {
    /// The whole URL as `text`.
    public func sqlValue() -> SQLValue { .text(absoluteString) }
}

extension Data: SQLEncodable {
    /// The value as `bytes`.
    public func sqlValue() -> SQLValue { .bytes(Array(self)) }
}

extension Array: SQLEncodable where Element == UInt8 {
    /// The value as `bytes`.
    public func sqlValue() -> SQLValue { .bytes(self) }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    /// The wrapped value, or `null`.
    ///
    /// - Throws: What binding the wrapped value throws.
    public func sqlValue() throws(DatabaseError) -> SQLValue {
        guard let self else { return .null }
        return try self.sqlValue()
    }
}
