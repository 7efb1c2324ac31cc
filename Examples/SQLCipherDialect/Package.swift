// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with the same language features.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A dialect that is no part of AuthFort: SQLite files encrypted by SQLCipher.
///
/// Outside this repository the path would be an address: `.package(url: "…", from: "…", traits: [])`.
let package = Package(
    name: "dialect-sqlcipher",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DialectSQLCipher", targets: ["DialectSQLCipher"]),
        .executable(name: "authfort-sqlcipher", targets: ["AuthFortSQLCipher"]),
        .executable(name: "encrypted-accounts", targets: ["EncryptedAccounts"]),
    ],
    dependencies: [
        // No traits. With the trait SQLite the program would have sqlite3's functions as well, under the same names.
        .package(name: "swift-authfort", path: "../..", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CSQLCipher",
            pkgConfig: "sqlcipher",
            providers: [.apt(["libsqlcipher-dev"]), .brew(["sqlcipher"])]
        ),
        .target(
            name: "CSQLCipherCheck",
            dependencies: ["CSQLCipher", .product(name: "SQLiteFamily", package: "swift-authfort")]
        ),
        .target(
            name: "DialectSQLCipher",
            dependencies: [
                "CSQLCipher",
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "SQLiteFamily", package: "swift-authfort"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // The command `authfort` with this dialect in it, and an application. Neither imports the dialect.
        .executableTarget(
            name: "AuthFortSQLCipher",
            dependencies: ["DialectSQLCipher", .product(name: "AuthFortCommands", package: "swift-authfort")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "EncryptedAccounts",
            dependencies: [
                "DialectSQLCipher",
                .product(name: "AuthFort", package: "swift-authfort"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectMigrations", package: "swift-authfort"),
            ],
            swiftSettings: strict
        ),

        .testTarget(
            name: "DialectSQLCipherTests",
            dependencies: [
                "AuthFortSQLCipher",
                "CSQLCipher",
                "DialectSQLCipher",
                "EncryptedAccounts",
                .product(name: "AuthFort", package: "swift-authfort"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectMigrations", package: "swift-authfort"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
