import DialectCore

/// The columns that most of AuthFort's tables share.
extension Column {
    static let id = Column("id", .uuid)
    static let userID = Column("user_id", .uuid)
    static let createdAt = Column.time("created_at")

    /// A time with the database's own precision, as the Python library declares it.
    static func time(_ name: String, nullable: Bool = false) -> Column {
        Column(name, .timestamp(), nullable: nullable)
    }

    /// A flag that is false unless it is set.
    static func flag(_ name: String) -> Column { Column(name, .boolean, default: .boolean(false)) }
}

extension Table {
    /// A table with the key `id` whose rows go when their user goes.
    static func ownedByUser(
        _ name: Identifier,
        columns: [Column],
        uniqueConstraints: [UniqueConstraint] = [],
        foreignKeys: [ForeignKey] = []
    ) -> Table {
        Table(
            name,
            columns: [.id, .userID] + columns,
            primaryKey: PrimaryKey(["id"]),
            uniqueConstraints: uniqueConstraints,
            foreignKeys: [ForeignKey(["user_id"], references: TableName.users, ["id"], onDelete: .cascade)]
                + foreignKeys
        )
    }
}
