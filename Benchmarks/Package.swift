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
        .executable(name: "pool-bench", targets: ["PoolBench"])
    ],
    dependencies: [
        .package(name: "swift-authfort", path: "..", traits: ["PostgreSQL", "SQLite", "MySQL"])
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
        .executableTarget(
            name: "PoolBench",
            dependencies: [
                "CPeers",
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectEngine", package: "swift-authfort"),
                .product(name: "DialectMySQL", package: "swift-authfort"),
                .product(name: "DialectPostgreSQL", package: "swift-authfort"),
                .product(name: "DialectSQLite", package: "swift-authfort"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
