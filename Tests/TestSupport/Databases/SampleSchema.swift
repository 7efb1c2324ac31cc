package import DialectCore

/// Two tables with every portable type, default, constraint and index, for tests of what dialects read back.
package enum SampleSchema {
    package static let shops = Table(
        "shops",
        columns: [
            Column("region", .smallInteger), Column("number", .integer),
            Column("name", .string(length: 80), default: .text("it's \"new\" \\ here")),
        ],
        primaryKey: PrimaryKey(["region", "number"], name: "shops_key"),
        uniqueConstraints: [UniqueConstraint(["name"])]
    )

    package static let items = Table(
        "items",
        columns: [
            Column("id", .uuid), Column("region", .smallInteger, nullable: true),
            Column("number", .integer, nullable: true), Column("parent", .uuid, nullable: true),
            Column("amount", .bigInteger, default: .integer(-5)),
            Column("weight", .double, nullable: true),
            Column("price", .decimal(precision: 20, scale: 4), nullable: true),
            Column("note", .text, nullable: true), Column("picture", .bytes, nullable: true),
            Column("is new", .boolean, default: .boolean(true)),
            Column("sold", .timestamp(), nullable: true),
            Column("made", .timestamp(fractionDigits: 6), default: .currentTimestamp),
            Column("extra", .json, nullable: true),
        ],
        primaryKey: PrimaryKey(["id"], name: "items_key"),
        foreignKeys: [
            ForeignKey(
                ["region", "number"],
                references: "shops",
                ["region", "number"],
                onDelete: .setNull,
                onUpdate: .cascade,
                name: "items_in_shops"
            ),
            ForeignKey(["parent"], references: "items", ["id"], onDelete: .cascade, name: "items_in_items"),
        ],
        checkConstraints: [CheckConstraint(unsafe: "amount <> 0", name: "items_have_an_amount")]
    )

    package static let indexes = [
        Index("items_amounts", on: "items", ["amount", .descending("weight")]),
        Index("items_by_note", on: "items", ["price", "is new"], unique: true),
    ]

    /// The operations that make the schema.
    package static var operations: [SchemaOperation] {
        [.createTable(shops), .createTable(items)] + indexes.map { .createIndex($0) }
    }
}
