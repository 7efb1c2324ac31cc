import Benchmark
import DialectCore

/// A thousand rows of four columns: collected as a dialect does it, and read by an application.
func registerRows() {
    let columns = ResultColumns(["id", "name", "score", "visits"].map { ResultColumn(name: $0) })
    Benchmark("rows, collected") { benchmark in
        blackHole(collect(benchmark.scaledIterations.count, columns))
    }
    Benchmark("rows, read") { benchmark in
        let rows = collect(benchmark.scaledIterations.count, columns)
        benchmark.startMeasurement()
        for row in rows { blackHole(try row.decode(Int.self, String.self, Double.self, Int32.self)) }
        benchmark.stopMeasurement()
    }
}

private func collect(_ count: Int, _ columns: ResultColumns) -> Rows {
    var builder = RowsBuilder(columns: columns, rows: count, bytes: count * 16)
    for number in 0..<count {
        builder.append(Int64(number))
        "somebody's name".utf8.withContiguousStorageIfAvailable {
            builder.append(.text, bytes: UnsafeRawBufferPointer($0))
        }
        builder.append(Double(number))
        builder.append(Int64(7))
    }
    return builder.finish()
}
