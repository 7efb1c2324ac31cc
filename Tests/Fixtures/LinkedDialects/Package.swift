// swift-tools-version: 6.1
import PackageDescription

/// An application that links the SQLite dialect and neither imports nor calls it.
///
/// `scripts/check-registry.sh` builds and runs it in debug and release.
let package = Package(
    name: "linked-dialects",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-authfort", path: "../../..", traits: ["SQLite"])
    ],
    targets: [
        .executableTarget(
            name: "LinkedDialects",
            dependencies: [
                .product(name: "DialectCore", package: "swift-authfort"),
                .product(name: "DialectSQLite", package: "swift-authfort"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
