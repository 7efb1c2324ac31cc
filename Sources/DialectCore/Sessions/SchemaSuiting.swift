/// A connection whose database may have a column type in one of several spellings, of which a new column has to take that
/// of the columns which are there.
///
/// The two ends of a foreign key must be of one type, and tables that another tool or an older server has made keep the
/// type that they were made with.
public protocol SchemaSuiting: Connection {
    /// The dialect that spells types as those columns of a model have them that are in the database, and those that its
    /// foreign keys reference; nil when there is nothing to add to the session's.
    ///
    /// - Throws: `DatabaseError` when the catalog cannot be read.
    func dialect(suiting model: SchemaModel) async throws(DatabaseError) -> (any Dialect)?
}
