// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with the same language features.
let strict: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "swift-authfort",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DialectCore", targets: ["DialectCore"]),
        .library(name: "DialectReactor", targets: ["DialectReactor"]),
        .library(name: "DialectEngine", targets: ["DialectEngine"]),
        .library(name: "DialectMigrations", targets: ["DialectMigrations"]),
        .library(name: "DialectMigrationCommands", targets: ["DialectMigrationCommands"]),
        .library(name: "DialectConformance", targets: ["DialectConformance"]),
        .library(name: "DialectPostgreSQL", targets: ["DialectPostgreSQL"]),
        .library(name: "DialectSQLite", targets: ["DialectSQLite"]),
        .library(name: "DialectMySQL", targets: ["DialectMySQL"]),
        .library(name: "SQLiteFamily", targets: ["SQLiteFamily"]),
        .library(name: "AuthFort", targets: ["AuthFort"]),
        .library(name: "AuthFortCommands", targets: ["AuthFortCommands"]),
        .executable(name: "authfort", targets: ["AuthFortCLI"]),
    ],
    traits: [
        .trait(name: "PostgreSQL", description: "The PostgreSQL dialect, on libpq."),
        .trait(name: "SQLite", description: "The SQLite dialect, on the system's sqlite3."),
        .trait(name: "MySQL", description: "The MySQL and MariaDB dialect, on libmariadb."),
        .default(enabledTraits: ["PostgreSQL", "SQLite"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The dialect framework.
        .target(name: "Locking", swiftSettings: strict),
        .target(name: "CDialectCore"),
        .target(
            name: "DialectCore",
            dependencies: ["CDialectCore", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict
        ),
        .target(name: "CDialectReactor"),
        .target(
            name: "DialectReactor",
            dependencies: [
                "CDialectReactor", "DialectCore", "Locking",
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "DialectEngine",
            dependencies: [
                "DialectCore",
                "Locking",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "DialectMigrations",
            dependencies: [
                "DialectCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "DialectMigrationCommands",
            dependencies: [
                "DialectCore", "DialectEngine", "DialectMigrations",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        .target(
            name: "DialectConformance",
            dependencies: [
                "DialectCore", "DialectEngine", "DialectMigrations", "Locking",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // The dialects. Each is linked only when its trait is on.
        .systemLibrary(
            name: "CLibPQ",
            path: "Dialects/PostgreSQL/CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .target(
            name: "DialectPostgreSQL",
            dependencies: [
                "DialectCore",
                "DialectReactor",
                .target(name: "CLibPQ", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Dialects/PostgreSQL/DialectPostgreSQL",
            swiftSettings: strict
        ),
        .systemLibrary(
            name: "CLibMariaDB",
            path: "Dialects/MySQL/CLibMariaDB",
            pkgConfig: "libmariadb",
            providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]
        ),
        .target(
            name: "DialectMySQL",
            dependencies: [
                "DialectCore",
                "DialectReactor",
                "Locking",
                .target(name: "CLibMariaDB", condition: .when(traits: ["MySQL"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Dialects/MySQL/DialectMySQL",
            swiftSettings: strict
        ),
        .systemLibrary(
            name: "CSQLite3",
            path: "Dialects/SQLite/CSQLite3",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        .target(name: "CSQLiteFamily", path: "Dialects/SQLite/CSQLiteFamily"),
        .target(
            name: "CSQLiteFamilyCheck",
            dependencies: ["CSQLiteFamily", .target(name: "CSQLite3", condition: .when(traits: ["SQLite"]))],
            path: "Dialects/SQLite/CSQLiteFamilyCheck",
            cSettings: [.define("DIALECT_HAS_SQLITE3", .when(traits: ["SQLite"]))]
        ),
        .target(
            name: "SQLiteFamily",
            dependencies: [
                "CSQLiteFamily", "DialectCore", "Locking",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Dialects/SQLite/SQLiteFamily",
            swiftSettings: strict
        ),
        .target(
            name: "DialectSQLite",
            dependencies: [
                "DialectCore",
                .target(name: "CSQLite3", condition: .when(traits: ["SQLite"])),
                .target(name: "SQLiteFamily", condition: .when(traits: ["SQLite"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Dialects/SQLite/DialectSQLite",
            swiftSettings: strict
        ),

        // The product.
        .systemLibrary(
            name: "CArgon2",
            pkgConfig: "libargon2",
            providers: [.apt(["libargon2-dev"]), .brew(["argon2"])]
        ),
        .systemLibrary(
            name: "CGumbo",
            pkgConfig: "gumbo",
            providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]
        ),
        .systemLibrary(
            name: "CIDN2",
            pkgConfig: "libidn2",
            providers: [.apt(["libidn2-dev", "libunistring-dev"]), .brew(["libidn2"])]
        ),
        .target(
            name: "AuthFort",
            dependencies: [
                "CArgon2",
                "CGumbo",
                "CIDN2",
                "DialectCore",
                "DialectEngine",
                "DialectMigrations",
                "Locking",
                .target(name: "DialectPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .target(name: "DialectSQLite", condition: .when(traits: ["SQLite"])),
                .target(name: "DialectMySQL", condition: .when(traits: ["MySQL"])),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "AuthFortCommands",
            dependencies: [
                "AuthFort",
                "DialectCore",
                "DialectMigrationCommands",
                "DialectMigrations",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "AuthFortCLI", dependencies: ["AuthFortCommands"], swiftSettings: strict),

        // Tests: one target for each source target, one for interoperability.
        .target(
            name: "TestSupport",
            dependencies: ["DialectCore", "DialectEngine", .product(name: "Subprocess", package: "swift-subprocess")],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "DialectCoreTests",
            dependencies: ["DialectCore", "TestSupport", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectEngineTests",
            dependencies: [
                "DialectCore", "DialectEngine", "Locking", "TestSupport",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectReactorTests",
            dependencies: ["DialectCore", "DialectReactor", "Locking"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectMigrationsTests",
            dependencies: [
                "DialectCore",
                "DialectMigrations",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectConformanceTests",
            dependencies: [
                "DialectConformance", "DialectCore", "DialectEngine", "DialectMigrations", "Locking", "TestSupport",
                .target(name: "DialectPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .target(name: "DialectSQLite", condition: .when(traits: ["SQLite"])),
                .target(name: "DialectMySQL", condition: .when(traits: ["MySQL"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectPostgreSQLTests",
            dependencies: [
                "DialectCore",
                "DialectEngine",
                "DialectReactor",
                "Locking",
                "TestSupport",
                .target(name: "DialectPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectMySQLTests",
            dependencies: [
                "DialectCore",
                "DialectEngine",
                "DialectReactor",
                "Locking",
                "TestSupport",
                .target(name: "DialectMySQL", condition: .when(traits: ["MySQL"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectSQLiteTests",
            dependencies: [
                "DialectCore",
                "DialectEngine",
                "DialectMigrations",
                "Locking",
                "StressWorker",
                "TestSupport",
                .target(name: "DialectSQLite", condition: .when(traits: ["SQLite"])),
                .target(name: "SQLiteFamily", condition: .when(traits: ["SQLite"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "StressWorker",
            dependencies: [
                "DialectCore", "DialectEngine", .target(name: "DialectSQLite", condition: .when(traits: ["SQLite"])),
            ],
            path: "Tests/StressWorker",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "MigrationWorker",
            dependencies: ["AuthFort", "DialectCore", "DialectEngine", "DialectMigrations", "Locking"],
            path: "Tests/MigrationWorker",
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuthFortTests",
            dependencies: [
                "AuthFort", "AuthFortCLI", "DialectCore", "DialectEngine", "DialectMigrations", "MigrationWorker",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuthFortCLITests",
            dependencies: ["AuthFortCLI", "TestSupport"],
            swiftSettings: strict
        ),
        // The application of Examples/Shop, which is a package of its own too.
        .target(
            name: "ShopSchema",
            dependencies: ["AuthFort", "DialectCore", "DialectMigrationCommands", "DialectMigrations"],
            path: "Examples/Shop/Sources/ShopSchema",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ShopCommand",
            dependencies: [
                "AuthFort", "DialectCore", "DialectEngine", "DialectMigrationCommands", "ShopSchema",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Examples/Shop/Sources/ShopCommand",
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectMigrationCommandsTests",
            dependencies: [
                "AuthFort", "DialectCore", "DialectEngine", "DialectMigrations", "ShopCommand", "ShopSchema",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "InteroperabilityTests",
            dependencies: [
                "AuthFort", "AuthFortCLI", "DialectCore", "DialectEngine", "DialectMigrations", "ShopSchema",
                "TestSupport",
            ],
            exclude: ["Python"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
