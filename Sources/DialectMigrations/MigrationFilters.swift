/// What a comparison between a model and a database looks at, in the manner of Alembic's `include_name` and
/// `include_object`.
///
/// Filters of several owners combine: an object is looked at when every filter includes it.
public struct MigrationFilters: Sendable {
    /// Whether to look at what is in the database under a name, asked before it is read.
    ///
    /// The name is nil for the default schema.
    public var includeName: @Sendable (_ name: String?, _ kind: SchemaObjectKind) -> Bool
    /// Whether to look at an object of the model or of the database, asked after it was read.
    public var includeObject: @Sendable (_ name: String?, _ kind: SchemaObjectKind) -> Bool

    /// Makes filters; each includes everything unless told.
    public init(
        includeName: @escaping @Sendable (_ name: String?, _ kind: SchemaObjectKind) -> Bool = { _, _ in true },
        includeObject: @escaping @Sendable (_ name: String?, _ kind: SchemaObjectKind) -> Bool = { _, _ in true }
    ) {
        self.includeName = includeName
        self.includeObject = includeObject
    }

    /// Filters that include only what both include.
    public func combined(with other: MigrationFilters) -> MigrationFilters {
        MigrationFilters(
            includeName: { includeName($0, $1) && other.includeName($0, $1) },
            includeObject: { includeObject($0, $1) && other.includeObject($0, $1) }
        )
    }
}

extension MigrationFilters {
    /// Filters that leave these tables out.
    package static func hiding(_ tables: Set<String>) -> MigrationFilters { ofTables { !tables.contains($0) } }

    /// Filters that leave out all tables but these.
    package static func showing(_ tables: Set<String>) -> MigrationFilters { ofTables { tables.contains($0) } }

    private static func ofTables(_ isIncluded: @escaping @Sendable (String) -> Bool) -> MigrationFilters {
        let includes = { @Sendable (name: String?, kind: SchemaObjectKind) in
            kind != .table || name.map(isIncluded) ?? true
        }
        return MigrationFilters(includeName: includes, includeObject: includes)
    }
}

/// A kind of object in a schema.
///
/// The set is open.
public struct SchemaObjectKind: Sendable, Hashable, CustomStringConvertible {
    /// The kind's name, as Alembic spells it.
    public let name: String

    /// Makes a kind.
    public init(_ name: String) { self.name = name }

    /// The kind's name.
    public var description: String { name }

    /// A schema.
    public static let schema = Self("schema")
    /// A table.
    public static let table = Self("table")
    /// A column.
    public static let column = Self("column")
    /// An index.
    public static let index = Self("index")
    /// A unique constraint.
    public static let uniqueConstraint = Self("unique_constraint")
    /// A foreign key.
    public static let foreignKeyConstraint = Self("foreign_key_constraint")
    /// A check constraint.
    public static let checkConstraint = Self("check_constraint")
}
