import AuthFort
import DialectCore
import DialectMigrations
import Foundation

/// Accounts in an encrypted file.
///
/// It migrates the file, creates a user and lists all, and shows that the file tells nothing without the passphrase.
///
///     PASSPHRASE=… encrypted-accounts FILE
@main
enum EncryptedAccounts {
    static func main() async {
        guard CommandLine.arguments.count == 2, let passphrase = ProcessInfo.processInfo.environment["PASSPHRASE"]
        else {
            print("usage: PASSPHRASE=… encrypted-accounts FILE")
            exit(2)
        }
        do {
            let file = CommandLine.arguments[1]
            try await useAccounts(in: file, passphrase: passphrase)
            try await showThatItIsEncrypted(file)
        } catch {
            print("encrypted-accounts: \(error)")
            exit(1)
        }
    }

    private static func url(of file: String, passphrase: String) throws -> String {
        // Makes a URL of parts, so that any character may be in them.
        try DatabaseURL(scheme: "sqlite+sqlcipher", password: Secret(passphrase), database: file)
            .text(revealingPassword: true)
    }

    private static func useAccounts(in file: String, passphrase: String) async throws {
        try await AuthFort.withAuthFort(databaseURL: url(of: file, passphrase: passphrase)) { auth in
            let report = try await auth.migrate()
            print("applied \(report.steps.count) revisions")
            let number = try await auth.users.page().total + 1
            _ = try await auth.users.create(email: "user\(number)@example.com", password: "correct horse \(number)")
            for user in try await auth.users.page().users { print("\(user.email), created \(user.createdAt)") }
        }
    }

    private static func showThatItIsEncrypted(_ file: String) async throws {
        let bytes = try Data(contentsOf: URL(filePath: file))
        let isPlain = bytes.starts(with: Data("SQLite format 3".utf8))
        print("the file begins as \(isPlain ? "a plain SQLite database" : "random bytes")")
        print("an address is \(bytes.firstRange(of: Data("@example.com".utf8)) == nil ? "not " : "")found in it")
        do {
            try await AuthFort.withAuthFort(databaseURL: url(of: file, passphrase: "a guess")) { auth in
                print("revisions: \(try await auth.currentRevisions())")
            }
        } catch {
            print("with another passphrase: \(error)")
        }
    }
}
