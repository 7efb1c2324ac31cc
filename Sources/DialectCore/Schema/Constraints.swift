/// A table's primary key.
public struct PrimaryKey: Sendable, Hashable {
    /// The constraint's name; nil lets the database choose.
    public var name: String?
    /// The columns, in order.
    public var columns: [String]

    /// Makes a primary key.
    public init(_ columns: [String], name: String? = nil) {
        self.name = name
        self.columns = columns
    }
}

/// A foreign key of a table.
public struct ForeignKey: Sendable, Hashable {
    /// What happens to the referencing rows when the referenced row is deleted or its key changes.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// The statement fails unless the constraint holds at its end.
        case noAction = "NO ACTION"
        /// The statement fails at once.
        case restrict = "RESTRICT"
        /// The referencing rows follow.
        case cascade = "CASCADE"
        /// The referencing columns become null.
        case setNull = "SET NULL"
        /// The referencing columns take their defaults.
        case setDefault = "SET DEFAULT"
    }

    /// The constraint's name; nil lets the database choose.
    public var name: String?
    /// The referencing columns, in order.
    public var columns: [String]
    /// The referenced table.
    public var table: Identifier
    /// The referenced columns, in order.
    public var referencedColumns: [String]
    /// What a DELETE of the referenced row does.
    public var onDelete: Action
    /// What an UPDATE of the referenced key does.
    public var onUpdate: Action

    /// Makes a foreign key.
    public init(
        _ columns: [String],
        references table: Identifier,
        _ referencedColumns: [String],
        onDelete: Action = .noAction,
        onUpdate: Action = .noAction,
        name: String? = nil
    ) {
        self.name = name
        self.columns = columns
        self.table = table
        self.referencedColumns = referencedColumns
        self.onDelete = onDelete
        self.onUpdate = onUpdate
    }
}

/// A unique constraint of a table.
public struct UniqueConstraint: Sendable, Hashable {
    /// The constraint's name; nil lets the database choose.
    public var name: String?
    /// The columns, in order.
    public var columns: [String]

    /// Makes a unique constraint.
    public init(_ columns: [String], name: String? = nil) {
        self.name = name
        self.columns = columns
    }
}

/// A check constraint of a table.
public struct CheckConstraint: Sendable, Hashable {
    /// The constraint's name; nil lets the database choose.
    public var name: String?
    /// The condition in SQL, sent as it is.
    public var condition: String

    /// Makes a check constraint from SQL text that is sent as it is.
    public init(unsafe condition: String, name: String? = nil) {
        self.name = name
        self.condition = condition
    }
}

/// A constraint of a table, of any kind.
public enum TableConstraint: Sendable, Hashable {
    /// The primary key.
    case primaryKey(PrimaryKey)
    /// A unique constraint.
    case unique(UniqueConstraint)
    /// A foreign key.
    case foreignKey(ForeignKey)
    /// A check constraint.
    case check(CheckConstraint)

    /// The constraint's name; nil lets the database choose.
    public var name: String? {
        switch self {
        case .primaryKey(let key): key.name
        case .unique(let constraint): constraint.name
        case .foreignKey(let key): key.name
        case .check(let constraint): constraint.name
        }
    }

    /// The constrained columns, in order; none for a check, whose columns only its text tells.
    public var columns: [String] {
        switch self {
        case .primaryKey(let key): key.columns
        case .unique(let constraint): constraint.columns
        case .foreignKey(let key): key.columns
        case .check: []
        }
    }

    /// The constraint in a few words, for plans, logs and errors.
    public var summary: String {
        let kind =
            switch self {
            case .primaryKey: "primary key"
            case .unique: "unique constraint"
            case .foreignKey: "foreign key"
            case .check: "check constraint"
            }
        if let name { return "\(kind) \(name)" }
        return columns.isEmpty ? kind : "\(kind) (\(columns.joined(separator: ", ")))"
    }
}
