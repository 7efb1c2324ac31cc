import Benchmark
import DialectCore

/// A URL with everything that one has.
func registerURLs() {
    Benchmark("URL, parsed") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(
                try DatabaseURL("postgresql://shop:p%40ss@db1:5432,db2:5433/orders?sslmode=require&connect_timeout=5")
            )
        }
    }
}
