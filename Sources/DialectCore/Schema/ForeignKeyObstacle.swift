/// Why a database would refuse a foreign key, or join its ends badly.
public enum ForeignKeyObstacle: Sendable, Hashable {
    /// The referenced table is not there.
    case missingTable
    /// The referenced table lacks a column.
    case missingColumn(String)
    /// A column differs from the one that it references, each in the words of the database, such as `char(32)` or
    /// `text in utf8mb4_bin`.
    case mismatch(column: String, form: String, referencedColumn: String, referencedForm: String)
}

extension SchemaReflecting {
    /// Compares the columns' types by their kinds, as the schema is read back.
    ///
    /// Two types of integers suit each other, and so do two types of text. About a native type the database decides.
    public func obstacle(
        to key: ForeignKey,
        of table: Table
    ) async throws(DatabaseError) -> ForeignKeyObstacle? {
        guard let referenced = try await reflectSchema(key.table.schema).table(key.table) else { return .missingTable }
        for (name, referencedName) in zip(key.columns, key.referencedColumns) {
            guard let other = referenced.columns.first(where: { $0.name == referencedName }) else {
                return .missingColumn(referencedName)
            }
            guard let column = table.columns.first(where: { $0.name == name }), let kind = column.type.kind,
                let otherKind = other.type.kind, kind != otherKind
            else { continue }
            return .mismatch(
                column: name,
                form: "\(column.type)",
                referencedColumn: referencedName,
                referencedForm: "\(other.type)"
            )
        }
        return nil
    }
}

extension ColumnType {
    /// What a type has in common with those whose values compare with its own; nil for a native type.
    fileprivate var kind: String? {
        switch self {
        case .smallInteger, .integer, .bigInteger: "integer"
        case .double, .decimal: "number"
        case .string, .text: "text"
        case .boolean: "boolean"
        case .bytes: "bytes"
        case .uuid: "uuid"
        case .timestamp: "timestamp"
        case .json: "json"
        case .native: nil
        }
    }
}
