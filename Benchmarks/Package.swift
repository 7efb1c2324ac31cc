// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with the language features of the package that is measured.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "swift-authfort-benchmarks",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "pool-bench", targets: ["PoolBench"]),
        .executable(name: "grdb-peer", targets: ["GRDBPeer"]),
        .executable(name: "authfort-command", targets: ["Command"]),
    ],
    dependencies: [
        .package(name: "swift-authfort", path: "..", traits: ["PostgreSQL", "SQLite", "MySQL"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Its interposers of malloc and of the run-time library would be in every figure.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
    ],
    targets: [
        // The drivers without Swift: what a benchmark is compared with.
        .systemLibrary(name: "LibPQHeaders", pkgConfig: "libpq"),
        .systemLibrary(name: "LibMariaDBHeaders", pkgConfig: "libmariadb"),
        .target(
            name: "CPeers",
            dependencies: ["LibPQHeaders", "LibMariaDBHeaders"],
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("pq"), .linkedLibrary("mariadb")]
        ),
        // What every program here shares: the load, the histogram, the line of JSON.
        .target(name: "CUsage"),
        .target(
            name: "Measuring",
            dependencies: ["CUsage", .product(name: "Histogram", package: "hdrhistogram-swift")],
            swiftSettings: strict
        ),
        .target(
            name: "MockDatabase",
            dependencies: [
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "PoolBench",
            dependencies: [
                "CPeers", "Measuring", "MockDatabase",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectEngine", package: "swift-authfort"),
                .product(name: "DialectMySQL", package: "swift-authfort"),
                .product(name: "DialectPostgreSQL", package: "swift-authfort"),
                .product(name: "DialectSQLite", package: "swift-authfort"),
            ],
            swiftSettings: strict
        ),
        // What parts of the framework cost by themselves: `swift package benchmark`.
        .executableTarget(
            name: "Micro",
            dependencies: [
                "MockDatabase",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectEngine", package: "swift-authfort"),
                .product(name: "DialectMigrations", package: "swift-authfort"),
            ],
            path: "Benchmarks/Micro",
            swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        // SQLite from Swift by other means.
        .executableTarget(
            name: "GRDBPeer",
            dependencies: ["Measuring", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        // The command `authfort` with all three dialects.
        .executableTarget(
            name: "Command",
            dependencies: [.product(name: "AuthFortCommands", package: "swift-authfort")],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
