import Benchmark
import DialectCore
import DialectMigrations

/// The plan of an upgrade through a chain of a hundred steps.
func registerPlans() {
    Benchmark("plan of 100 migration steps", configuration: .init(scalingFactor: .one)) { benchmark in
        let chain = try MigrationChain("shop", versionTable: "shop_version", steps: (1...100).map(NumberedStep.init))
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(try MigrationPlan(chain, current: [], .upgrade, to: .head))
        }
        benchmark.stopMeasurement()
    }
}

private struct NumberedStep: MigrationStep {
    let number: Int

    var revision: Revision { name(number) }
    var parents: [Revision] { number == 1 ? [] : [name(number - 1)] }
    var summary: String { "create a table" }
    var upgrade: [MigrationOperation] { [.createTable(Table(table, columns: [Column("id", .integer)]))] }
    var downgrade: [MigrationOperation] { [.dropTable(table)] }

    private var table: Identifier { Identifier("table_\(number)") }
    private func name(_ number: Int) -> Revision { Revision("step_\(number)") }
}
