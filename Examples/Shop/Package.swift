// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with the same language features.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// An application whose own tables live beside AuthFort's, on any of the three databases.
///
/// Outside this repository the dependency would be `.package(url: "…", from: "…", traits: […])`.
let package = Package(
    name: "shop",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "shop", targets: ["ShopCommand"])],
    dependencies: [
        .package(name: "swift-authfort", path: "../..", traits: ["PostgreSQL", "SQLite", "MySQL"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // The tables, and the steps that make them.
        .target(
            name: "ShopSchema",
            dependencies: [
                .product(name: "AuthFort", package: "swift-authfort"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectMigrationCommands", package: "swift-authfort"),
                .product(name: "DialectMigrations", package: "swift-authfort"),
            ],
            swiftSettings: strict
        ),
        // The migration commands, and two that use the tables.
        .executableTarget(
            name: "ShopCommand",
            dependencies: [
                "ShopSchema",
                .product(name: "AuthFort", package: "swift-authfort"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectEngine", package: "swift-authfort"),
                .product(name: "DialectMigrationCommands", package: "swift-authfort"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
