import DialectCore

/// Add order lines.
struct AddOrderLines: MigrationStep {
    let revision: Revision = "lines"
    let parents: [Revision] = ["orders"]
    let summary = "add order lines"

    var upgrade: [MigrationOperation] { [] }

    var downgrade: [MigrationOperation] { [] }
}
