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
/// Outside this repository the dependency would be `.package(url: "…", from: "…", traits: [])`.
let package = Package(
    name: "dialect-sqlcipher",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "DialectSQLCipher", targets: ["DialectSQLCipher"]),
        .executable(name: "authfort-sqlcipher", targets: ["AuthFortSQLCipher"]),
        .executable(name: "encrypted-accounts", targets: ["EncryptedAccounts"]),
    ],
    traits: [
        .trait(name: "PlainSQLite", description: "Links plain SQLite too, to show that such a program is refused.")
    ],
    dependencies: [
        // No traits: with the trait SQLite the program would have sqlite3's functions as well, under the same names.
        .package(
            name: "swift-authfort",
            path: "../..",
            traits: [.trait(name: "SQLite", condition: .when(traits: ["PlainSQLite"]))]
        ),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
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

        .executableTarget(
            name: "OpeningProbe",
            dependencies: [
                "DialectSQLCipher",
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectSQLite", package: "swift-authfort", condition: .when(traits: ["PlainSQLite"])),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/OpeningProbe",
            swiftSettings: strict
        ),
        .testTarget(
            name: "DialectSQLCipherTests",
            dependencies: [
                "AuthFortSQLCipher",
                "CSQLCipher",
                "DialectSQLCipher",
                "EncryptedAccounts",
                "OpeningProbe",
                .product(name: "AuthFort", package: "swift-authfort"),
                .product(name: "DialectConformance", package: "swift-authfort"),
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectMigrations", package: "swift-authfort"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
