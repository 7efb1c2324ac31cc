import Foundation

/// A certificate authority of a test's own, with a certificate for a server on the loopback interface and one for a client.
///
/// They hold for two days. The server's names 127.0.0.1, ::1 and localhost.
package struct ThrowAwayCertificates: Sendable {
    /// The folder in which all the files are.
    package let folder: String
    /// The authority's certificate, which a client trusts.
    package var authority: String { "\(folder)/ca.pem" }
    /// The server's certificate.
    package var server: String { "\(folder)/server.pem" }
    /// The server's private key.
    package var serverKey: String { "\(folder)/server.key" }
    /// The certificate of the client `certified`.
    package var client: String { "\(folder)/client.pem" }
    /// That client's private key.
    package var clientKey: String { "\(folder)/client.key" }

    /// The common name in the client's certificate.
    package static let clientName = "certified"

    /// Makes new ones in a folder, with the program `openssl`.
    package init(in folder: String) async throws {
        self.folder = folder
        try await Self.openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=Throw-away authority", "-out", authority]
                + Self.newKey("\(folder)/ca.key")
        )
        try await sign("server", subject: "localhost", extensions: "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1")
        try await sign("client", subject: Self.clientName, extensions: "extendedKeyUsage=clientAuth")
    }

    private func sign(_ name: String, subject: String, extensions: String) async throws {
        let base = "\(folder)/\(name)"
        try await Self.openssl(
            ["req", "-new", "-subj", "/CN=\(subject)", "-out", "\(base).csr"] + Self.newKey("\(base).key")
        )
        try extensions.write(toFile: "\(base).ext", atomically: false, encoding: .utf8)
        try await Self.openssl([
            "x509", "-req", "-days", "2", "-in", "\(base).csr", "-extfile", "\(base).ext", "-out", "\(base).pem",
            "-CA", authority, "-CAkey", "\(folder)/ca.key", "-CAcreateserial",
        ])
        // Servers and clients refuse a key that others could read.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(base).key")
    }

    private static func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path]
    }

    private static func openssl(_ arguments: [String]) async throws {
        try await ServerPrograms().run("openssl", arguments)
    }
}
