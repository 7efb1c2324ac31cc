/// A malformed URL, the part that its error names, and the secret that the error keeps.
struct MalformedURL: CustomStringConvertible, Sendable {
    let text: String
    let part: String
    let password: String
    /// What the message must say besides the part.
    let advice: String

    init(_ text: String, _ part: String, password: String = "", advice: String = "") {
        self.text = text
        self.part = part
        self.password = password
        self.advice = advice
    }

    var description: String { text.debugDescription }

    static let all: [MalformedURL] = [
        // The whole text.
        .init("", "text", advice: "empty"),
        .init("dbtype://u:s3cretpw@host/db\n", "text", password: "s3cretpw", advice: "line break"),
        .init("dbtype://u:s3cretpw@host/db\r\n", "text", password: "s3cretpw"),
        .init("dbtype://u:s3cretpw@host/db ", "text", password: "s3cretpw"),
        .init("dbtype://u:s3cretpw@host/db\t", "text", password: "s3cretpw"),
        .init(" dbtype://u:s3cretpw@host/db", "text", password: "s3cretpw"),
        .init("\u{FEFF}dbtype://u:s3cretpw@host/db", "text", password: "s3cretpw"),
        .init("dbtype://u:s3cretpw@host/db\u{A0}", "text", password: "s3cretpw"),
        .init("dbtype://u:s3cretpw@host/db\0", "text", password: "s3cretpw"),
        .init("\n", "text"),
        // Schemes.
        .init("u:s3cretpw@host/db", "scheme", password: "s3cretpw", advice: "://"),
        .init("dbtype:/u:s3cretpw@host/db", "scheme", password: "s3cretpw", advice: "://"),
        .init("dbtype:u:s3cretpw@host/db", "scheme", password: "s3cretpw", advice: "://"),
        .init("dbtype//u:s3cretpw@host/db", "scheme", password: "s3cretpw", advice: "://"),
        .init("u:s3cretpw://@host/db", "scheme", password: "s3cretpw"),
        .init("://u:s3cretpw@host/db", "scheme", password: "s3cretpw", advice: "empty"),
        .init("1db://u:s3cretpw@host/db", "scheme", password: "s3cretpw"),
        .init("+://host/db", "scheme"),
        .init("_db://host/db", "scheme"),
        .init("d b://host/db", "scheme"),
        .init("dbtÿpe://host/db", "scheme"),
        .init("db\ntype://host/db", "scheme"),
        // Passwords that need percent-encoding.
        .init("dbtype://u:s3cr/etpw@host/db", "password", password: "s3cr/etpw", advice: "percent-encode"),
        .init("dbtype://u:s3cr/etpw@host:5432/db", "password", password: "s3cr/etpw", advice: "percent-encode"),
        .init("dbtype://u:/s3cretpw@host/db", "password", password: "/s3cretpw", advice: "%2F"),
        .init("dbtype://u:s3cretpw/@host/db", "password", password: "s3cretpw/", advice: "%2F"),
        .init("dbtype://u:1234/5678@host/db", "password", password: "1234/5678", advice: "%2F"),
        .init("dbtype://u:s3cr?etpw@host/db", "password", password: "s3cr?etpw", advice: "%3F"),
        .init("dbtype://u:1234?5678@host/db", "password", password: "1234?5678", advice: "%3F"),
        .init("dbtype://u:1234?a=5678@host/db", "password", password: "1234?a=5678", advice: "%3F"),
        .init("dbtype://u:s3cr#etpw@host/db", "password", password: "s3cr#etpw", advice: "%23"),
        .init("dbtype://u:s3cr#et/pw@host/db", "password", password: "s3cr#et/pw", advice: "%23"),
        .init("dbtype://u:s3c@r3t/qz9w@host/db", "password", password: "s3c@r3t/qz9w", advice: "%40"),
        .init("dbtype://u:s3c@12/qz9w@host/db", "password", password: "s3c@12/qz9w", advice: "%40"),
        .init("dbtype://u:s3c@r3t:99999/qz9w@host/db", "password", password: "s3c@r3t:99999/qz9w", advice: "%40"),
        .init("dbtype://u:s3c:r3t/qz9w@host/db", "password", password: "s3c:r3t/qz9w", advice: "percent-encode"),
        .init("dbtype://u:s3c/r3t?pa#ss@host/db", "password", password: "s3c/r3t?pa#ss", advice: "percent-encode"),
        .init("dbtype://DOMAIN/u:s3cretpw@host/db", "password", password: "s3cretpw", advice: "percent-encode"),
        .init("dbtype://DOMAIN/u:s3cr/etpw@host/db", "password", password: "s3cr/etpw", advice: "percent-encode"),
        .init("dbtype:///u:s3cretpw@host/db", "password", password: "s3cretpw", advice: "percent-encode"),
        .init("dbtype:////u:s3cretpw@host/db", "password", password: "s3cretpw", advice: "percent-encode"),
        .init("dbtype://?u:s3cretpw@host/db", "password", password: "s3cretpw", advice: "percent-encode"),
        // An unescaped @ in a database or query that a password may have spilled into; SQLAlchemy takes the first one.
        .init(
            "dbtype://username:s3cretpw@hostspec/test database with@atsign",
            "password",
            password: "s3cretpw",
            advice: "%40"
        ),
        .init("dbtype://host:5432/db?user=me@corp", "password", advice: "%40"),
        .init("dbtype://u:s3cr%zzetpw@host/db", "password", password: "s3cr%zzetpw", advice: "%25"),
        .init("dbtype://u:s3cretpw%@host/db", "password", password: "s3cretpw%", advice: "%25"),
        .init("dbtype://u:s3cretpw%4@host/db", "password", password: "s3cretpw%4", advice: "%25"),
        .init("dbtype://u:s3cretpw%FF@host/db", "password", password: "s3cretpw%FF", advice: "UTF-8"),
        .init("dbtype://u:s3cretpw%C0%80@host/db", "password", password: "s3cretpw%C0%80", advice: "UTF-8"),
        .init("dbtype://u:s3cretpw%ED%A0%80@host/db", "password", password: "s3cretpw%ED%A0%80", advice: "UTF-8"),
        .init("dbtype://u:s3cret%00pw@host/db", "password", password: "s3cret%00pw", advice: "NUL"),
        .init("dbtype://u:s3cret\npw@host/db", "password", password: "s3cret\npw", advice: "control"),
        .init("dbtype://u:s3cret\u{200B}pw@host/db", "password", password: "s3cret\u{200B}pw", advice: "invisible"),
        .init("dbtype://u:s3cret\u{7F}pw@host/db", "password", password: "s3cret\u{7F}pw", advice: "control"),
        // Users.
        .init("dbtype://u%:s3cretpw@host/db", "user", password: "s3cretpw", advice: "%25"),
        .init("dbtype://u%FF:s3cretpw@host/db", "user", password: "s3cretpw", advice: "UTF-8"),
        .init("dbtype://u\t:s3cretpw@host/db", "user", password: "s3cretpw", advice: "control"),
        .init("dbtype://u#:s3cretpw@host/db", "user", password: "s3cretpw", advice: "%23"),
        .init("dbtype://u%00:s3cretpw@host/db", "user", password: "s3cretpw", advice: "NUL"),
        // Hosts.
        .init("dbtype://u:s3cretpw@", "host", password: "s3cretpw", advice: "empty"),
        .init("dbtype://u:s3cretpw@/", "host", password: "s3cretpw", advice: "empty"),
        .init("dbtype://u@", "host", advice: "empty"),
        .init("dbtype://u:s3cretpw@:5432/db", "host", password: "s3cretpw", advice: "empty"),
        .init("dbtype://:5432/db", "host", advice: "empty"),
        .init("dbtype://u:s3cretpw@a,,b/db", "host", password: "s3cretpw", advice: "empty"),
        .init("dbtype://a,/db", "host", advice: "empty"),
        .init("dbtype://[]/db", "host", advice: "empty"),
        .init("dbtype://u:s3cretpw@[::1", "host", password: "s3cretpw", advice: "bracket"),
        .init("dbtype://u:s3cretpw@[::1/db", "host", password: "s3cretpw", advice: "bracket"),
        .init("dbtype://u:s3cretpw@[::1]5432/db", "host", password: "s3cretpw", advice: "bracket"),
        .init("dbtype://u:s3cretpw@[zz]/db", "host", password: "s3cretpw", advice: "IPv6"),
        .init("dbtype://[127.0.0.1]/db", "host", advice: "IPv6"),
        .init("dbtype://[1:2:3]/db", "host", advice: "IPv6"),
        .init("dbtype://[v1.x]/db", "host", advice: "IPv6"),
        .init("dbtype://u:s3cretpw@::1/db", "host", password: "s3cretpw", advice: "brackets"),
        .init("dbtype://u:s3cretpw:q9zx/db", "host", password: "s3cretpw:q9zx", advice: "percent-encode"),
        .init("dbtype://u:s3cretpw@ host/db", "host", password: "s3cretpw", advice: "percent-encode"),
        .init("dbtype://u:s3cretpw@ho\nst/db", "host", password: "s3cretpw"),
        .init("dbtype://u:s3cretpw@ho%zzst/db", "host", password: "s3cretpw", advice: "%25"),
        .init("dbtype://u:s3cretpw@host\\x/db", "host", password: "s3cretpw", advice: "percent-encode"),
        .init("dbtype://ho#st/db", "host", advice: "percent-encode"),
        // Ports.
        .init("dbtype://u:s3cretpw@host:0/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:-1/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:+1/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:65536/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:99999/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:99999999999999999999/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:abc/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:１２/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host: 12/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw@host:/db", "port", password: "s3cretpw", advice: "empty"),
        .init("dbtype://u:s3cretpw@a:1,b:x/db", "port", password: "s3cretpw", advice: "1 to 65535"),
        .init("dbtype://u:s3cretpw", "port", password: "s3cretpw", advice: "user:password@host"),
        .init("dbtype://u:s3cretpw/db", "port", password: "s3cretpw", advice: "percent-encode"),
        // Databases.
        .init("dbtype://u:s3cretpw@host/db%zz", "database", password: "s3cretpw", advice: "%25"),
        .init("dbtype:///db%", "database", advice: "%25"),
        .init("dbtype:///db%FF", "database", advice: "UTF-8"),
        .init("dbtype:///db%00.db", "database", advice: "NUL"),
        .init("dbtype:///d\nb", "database", advice: "control"),
        .init("dbtype:///a#b.db", "database", advice: "%23"),
        // Queries.
        .init("dbtype://u:s3cretpw@host/db?a", "query", password: "s3cretpw", advice: "name=value"),
        .init("dbtype://u:s3cretpw@host/db?=a", "query", password: "s3cretpw", advice: "name=value"),
        .init("dbtype://host?password=s3cretpw%", "query", password: "s3cretpw%", advice: "%25"),
        .init("dbtype://host?a=%zz", "query", advice: "%25"),
        .init("dbtype://host?a=%FF", "query", advice: "UTF-8"),
        .init("dbtype://host?a%00=1", "query", advice: "NUL"),
        .init("dbtype://host?a=1\u{85}2", "query", advice: "control"),
        .init("dbtype://host?a=1#fragment", "query", advice: "%23"),
        .init("dbtype:///db?host=", "host", advice: "empty"),
        .init("dbtype:///db?host=a,", "host", advice: "empty"),
        .init("dbtype:///db?host=a:1:2", "host", advice: "colon"),
        .init("dbtype:///db?host=[zz]", "host", advice: "IPv6"),
        .init("dbtype:///db?host=a:abc", "port", advice: "1 to 65535"),
        .init("dbtype:///db?host=a:0", "port", advice: "1 to 65535"),
        .init("dbtype:///db?host=a&port=xyz", "port", advice: "1 to 65535"),
        .init("dbtype:///db?host=a:1&host=b&port=2", "port", advice: "once"),
        .init("dbtype://host:1/db?port=2", "port", advice: "once"),
        .init("dbtype:///db?host=a,b,c&port=1,2", "port", advice: "hosts"),
        .init("dbtype:///db?host=a&port=1&port=2", "port", advice: "hosts"),
        .init("dbtype:///db?port=1,2", "port", advice: "hosts"),
    ]
}
