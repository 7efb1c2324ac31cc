#if MySQL
internal import DialectCore

// MariaDB has a type for UUIDs since 10.7. Tables from before, and those of tools that do not know it, have CHAR(32).
extension MySQLConnection: SchemaSuiting {
    func dialect(suiting model: SchemaModel) async throws(DatabaseError) -> (any Dialect)? {
        guard dialect.features.contains(.nativeUUID) else { return nil }
        let wanted = model.identityColumns
        guard !wanted.isEmpty else { return nil }
        var types: Set<String> = []
        for schema in Set(wanted.map(\.table.schema)) {
            guard let database = try await database(of: schema) else { continue }
            let result = try await execute(
                """
                SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS
                WHERE TABLE_SCHEMA = \(database) AND COLUMN_TYPE IN ('uuid', 'char(32)')
                """
            )
            for row in result.rows {
                let (table, column, type) = try row.decode(String.self, String.self, String.self)
                let place = IdentityColumn(table: Identifier(table, schema: schema), name: column)
                if wanted.contains(place) { types.insert(type.lowercased()) }
            }
        }
        return types == ["char(32)"] ? dialect.withoutUUIDType : nil
    }
}

/// A column that holds UUIDs.
private struct IdentityColumn: Hashable {
    let table: Identifier
    let name: String
}

extension SchemaModel {
    /// The columns of UUIDs, and those that they reference.
    fileprivate var identityColumns: Set<IdentityColumn> {
        var found: Set<IdentityColumn> = []
        for table in tables {
            let names = Set(table.columns.filter { $0.type == .uuid }.map(\.name))
            found.formUnion(names.map { IdentityColumn(table: table.name, name: $0) })
            for key in table.foreignKeys {
                for (name, referenced) in zip(key.columns, key.referencedColumns) where names.contains(name) {
                    found.insert(IdentityColumn(table: key.table, name: referenced))
                }
            }
        }
        return found
    }
}
#endif
