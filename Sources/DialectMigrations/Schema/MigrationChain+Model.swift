public import DialectCore

extension MigrationChain {
    /// The schema that the chain's steps have made of an empty database when the version table has these rows.
    ///
    /// Only schema operations count. One that does not fit is left out, because a statement or a data operation may have
    /// made what it changes; what remains is what is known.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the rows do not fit the chain.
    public func model(at rows: [Revision]) throws(DatabaseError) -> SchemaModel {
        let applied = try applied(rows: rows)
        var model = SchemaModel()
        for revision in graph.revisions where applied.contains(revision) {
            model.follow(graph.step(revision)?.upgrade ?? [])
        }
        return model
    }
}

extension SchemaModel {
    /// Applies the schema operations among these that fit.
    mutating func follow(_ operations: [MigrationOperation]) {
        for case .schema(let operation) in operations {
            if let next = try? applying(operation) { self = next }
        }
    }
}
