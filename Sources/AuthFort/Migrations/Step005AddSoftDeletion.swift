import DialectCore

/// Users can be marked as deleted.
struct AddSoftDeletion: MigrationStep {
    let revision: Revision = "005"
    let parents: [Revision] = ["004"]
    let summary = "add is_deleted and deleted_at to users"

    var upgrade: [MigrationOperation] {
        [
            .addColumn(.flag("is_deleted"), to: TableName.users),
            .addColumn(.time("deleted_at", nullable: true), to: TableName.users),
        ]
    }

    var downgrade: [MigrationOperation] {
        [.dropColumn("deleted_at", from: TableName.users), .dropColumn("is_deleted", from: TableName.users)]
    }
}
