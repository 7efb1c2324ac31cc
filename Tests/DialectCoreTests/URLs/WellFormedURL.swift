import DialectCore

/// A well-formed URL and what it means.
struct WellFormedURL: CustomStringConvertible, Sendable {
    let text: String
    /// The text that the parsed URL renders, password revealed.
    let canonical: String
    let scheme: String
    let user: String?
    let password: String?
    let hosts: [DatabaseURL.Host]
    let database: String?
    let query: DatabaseURL.Query

    init(
        _ text: String,
        canonical: String? = nil,
        scheme: String = "dbtype",
        user: String? = nil,
        password: String? = nil,
        host: String? = nil,
        port: Int? = nil,
        hosts: [DatabaseURL.Host]? = nil,
        database: String? = nil,
        query: DatabaseURL.Query = [:]
    ) {
        self.text = text
        self.canonical = canonical ?? text
        self.scheme = scheme
        self.user = user
        self.password = password
        self.hosts = hosts ?? host.map { [DatabaseURL.Host($0, port: port)] } ?? []
        self.database = database
        self.query = query
    }

    var description: String { text }
}

extension WellFormedURL {
    /// The URLs of SQLAlchemy's own tests of its grammar; those that are refused here are among the malformed ones.
    static let fromSQLAlchemy: [WellFormedURL] = [
        .init(
            "dbtype://username:password@hostspec:110//usr/db_file.db",
            user: "username",
            password: "password",
            host: "hostspec",
            port: 110,
            database: "/usr/db_file.db"
        ),
        .init(
            "dbtype://username:password@hostspec/database",
            user: "username",
            password: "password",
            host: "hostspec",
            database: "database"
        ),
        .init(
            "dbtype+apitype://username:password@hostspec/database",
            scheme: "dbtype+apitype",
            user: "username",
            password: "password",
            host: "hostspec",
            database: "database"
        ),
        .init("dbtype://username:password@hostspec", user: "username", password: "password", host: "hostspec"),
        .init("dbtype://username:password@/database", user: "username", password: "password", database: "database"),
        .init("dbtype://username@hostspec", user: "username", host: "hostspec"),
        .init(
            "dbtype://username:password@127.0.0.1:1521",
            user: "username",
            password: "password",
            host: "127.0.0.1",
            port: 1521
        ),
        .init("dbtype://hostspec/database", host: "hostspec", database: "database"),
        .init("dbtype://hostspec", host: "hostspec"),
        .init(
            "dbtype://hostspec/?arg1=val1&arg2=val2",
            canonical: "dbtype://hostspec?arg1=val1&arg2=val2",
            host: "hostspec",
            query: ["arg1": "val1", "arg2": "val2"]
        ),
        .init("dbtype+apitype:///database", scheme: "dbtype+apitype", database: "database"),
        .init("dbtype:///:memory:", database: ":memory:"),
        .init("dbtype:///foo/bar/im/a/file", database: "foo/bar/im/a/file"),
        .init("dbtype:///E:/work/src/LEM/db/hello.db", database: "E:/work/src/LEM/db/hello.db"),
        .init(
            "dbtype:///E:/work/src/LEM/db/hello.db?foo=bar&hoho=lala",
            database: "E:/work/src/LEM/db/hello.db",
            query: ["foo": "bar", "hoho": "lala"]
        ),
        .init(
            "dbtype:///E:/work/src/LEM/db/hello.db?foo=bar&hoho=lala&hoho=bat",
            database: "E:/work/src/LEM/db/hello.db",
            query: ["foo": "bar", "hoho": "lala", "hoho": "bat"]
        ),
        .init("dbtype://"),
        .init(
            "dbtype:////usr/local/_xtest@example.com/members.db",
            canonical: "dbtype:////usr/local/_xtest%40example.com/members.db",
            database: "/usr/local/_xtest@example.com/members.db"
        ),
        .init(
            "dbtype://username:apples%2Foranges@hostspec/database",
            user: "username",
            password: "apples/oranges",
            host: "hostspec",
            database: "database"
        ),
        .init(
            "dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]/database?foo=bar",
            user: "username",
            password: "password",
            host: "2001:da8:2004:1000:202:116:160:90",
            database: "database",
            query: ["foo": "bar"]
        ),
        .init(
            "dbtype://username:password@[2001:da8:2004:1000:202:116:160:90]:80/database?foo=bar",
            user: "username",
            password: "password",
            host: "2001:da8:2004:1000:202:116:160:90",
            port: 80,
            database: "database",
            query: ["foo": "bar"]
        ),
        .init(
            "dbtype://username:password@hostspec/test database with%40atsign",
            canonical: "dbtype://username:password@hostspec/test%20database%20with%40atsign",
            user: "username",
            password: "password",
            host: "hostspec",
            database: "test database with@atsign"
        ),
        .init(
            "dbtype://username:password@hostspec?query=but_no_db",
            user: "username",
            password: "password",
            host: "hostspec",
            query: ["query": "but_no_db"]
        ),
        .init(
            "dbtype://username:password@hostspec:450?query=but_no_db",
            user: "username",
            password: "password",
            host: "hostspec",
            port: 450,
            query: ["query": "but_no_db"]
        ),
        .init(
            "dbtype://username:password with spaces@hostspec:450?query=but_no_db",
            canonical: "dbtype://username:password%20with%20spaces@hostspec:450?query=but_no_db",
            user: "username",
            password: "password with spaces",
            host: "hostspec",
            port: 450,
            query: ["query": "but_no_db"]
        ),
        .init(
            "dbtype+apitype://username with space+and+plus:password with space+and+plus@hostspec:450",
            canonical: "dbtype+apitype://username%20with%20space%2Band%2Bplus:"
                + "password%20with%20space%2Band%2Bplus@hostspec:450",
            scheme: "dbtype+apitype",
            user: "username with space+and+plus",
            password: "password with space+and+plus",
            host: "hostspec",
            port: 450
        ),
        .init(
            "dbtype://user%25%26%7C:pass%25%26%7C@hostspec:499?query=but_no_db",
            user: "user%&|",
            password: "pass%&|",
            host: "hostspec",
            port: 499,
            query: ["query": "but_no_db"]
        ),
        .init(
            "dbtype://user🐍測試:pass🐍測試@hostspec:499",
            canonical: "dbtype://user%F0%9F%90%8D%E6%B8%AC%E8%A9%A6:"
                + "pass%F0%9F%90%8D%E6%B8%AC%E8%A9%A6@hostspec:499",
            user: "user🐍測試",
            password: "pass🐍測試",
            host: "hostspec",
            port: 499
        ),
        .init(
            "dbtype://user:pass word + other%3Awords@host/dbname",
            canonical: "dbtype://user:pass%20word%20%2B%20other%3Awords@host/dbname",
            user: "user",
            password: "pass word + other:words",
            host: "host",
            database: "dbname"
        ),
        .init(
            "dbtype://username:apples%40oranges%40%40@hostspec/database",
            user: "username",
            password: "apples@oranges@@",
            host: "hostspec",
            database: "database"
        ),
        .init(
            "dbtype://username%40:@hostspec/database",
            user: "username@",
            password: "",
            host: "hostspec",
            database: "database"
        ),
        .init(
            "dialect://user:pass@host/db?arg1%3D=param1&arg2=param+2",
            canonical: "dialect://user:pass@host/db?arg1%3D=param1&arg2=param%202",
            scheme: "dialect",
            user: "user",
            password: "pass",
            host: "host",
            database: "db",
            query: ["arg1=": "param1", "arg2": "param 2"]
        ),
    ]

    /// What else the grammar allows.
    static let others: [WellFormedURL] = [
        // Schemes.
        .init("PostgreSQL+AsyncPG://h", canonical: "postgresql+asyncpg://h", scheme: "postgresql+asyncpg", host: "h"),
        .init("a-b.c_1+d://h", scheme: "a-b.c_1+d", host: "h"),
        // Users and passwords.
        .init(
            "dbtype://user:pa:ss@host",
            canonical: "dbtype://user:pa%3Ass@host",
            user: "user",
            password: "pa:ss",
            host: "host"
        ),
        .init(
            "dbtype://user:pa@ss@host",
            canonical: "dbtype://user:pa%40ss@host",
            user: "user",
            password: "pa@ss",
            host: "host"
        ),
        .init(
            "dbtype://us@er:pass@host",
            canonical: "dbtype://us%40er:pass@host",
            user: "us@er",
            password: "pass",
            host: "host"
        ),
        .init(
            "dbtype://user:pa[ss]@host",
            canonical: "dbtype://user:pa%5Bss%5D@host",
            user: "user",
            password: "pa[ss]",
            host: "host"
        ),
        .init(
            "dbtype://user:a,b@host",
            canonical: "dbtype://user:a%2Cb@host",
            user: "user",
            password: "a,b",
            host: "host"
        ),
        .init(
            "dbtype://user:%2f%3F%23@host",
            canonical: "dbtype://user:%2F%3F%23@host",
            user: "user",
            password: "/?#",
            host: "host"
        ),
        .init("dbtype://user:%0A@host", user: "user", password: "\n", host: "host"),
        .init("dbtype://:pass@host", password: "pass", host: "host"),
        .init("dbtype://@host/db", canonical: "dbtype://host/db", host: "host", database: "db"),
        .init("dbtype://:@host", password: "", host: "host"),
        .init("dbtype://user@/db", user: "user", database: "db"),
        .init("dbtype://user@?a=b", user: "user", query: ["a": "b"]),
        // Hosts and ports.
        .init("dbtype://host:1", host: "host", port: 1),
        .init("dbtype://host:65535", host: "host", port: 65535),
        .init("dbtype://host:0080", canonical: "dbtype://host:80", host: "host", port: 80),
        .init("dbtype://[::1]", host: "::1"),
        .init("dbtype://[::1]:5432/db", host: "::1", port: 5432, database: "db"),
        .init("dbtype://[::]", host: "::"),
        .init("dbtype://[1::]", host: "1::"),
        .init("dbtype://[::ffff:192.0.2.1]", host: "::ffff:192.0.2.1"),
        .init("dbtype://[1:2:3:4:5:6:192.0.2.1]", host: "1:2:3:4:5:6:192.0.2.1"),
        .init("dbtype://[fe80::1%25eth0]:5432", host: "fe80::1%eth0", port: 5432),
        .init("dbtype://a,b,c/db", hosts: [.init("a"), .init("b"), .init("c")], database: "db"),
        .init(
            "dbtype://user:pass@host1:1,[::1]:2,host3/db",
            user: "user",
            password: "pass",
            hosts: [.init("host1", port: 1), .init("::1", port: 2), .init("host3")],
            database: "db"
        ),
        .init("dbtype://%2Fvar%2Frun%2Fdb/name", host: "/var/run/db", database: "name"),
        .init("dbtype://server%5Cinstance", host: "server\\instance"),
        .init("dbtype://a$b=c;d", host: "a$b=c;d"),
        .init("dbtype://hé", canonical: "dbtype://h%C3%A9", host: "hé"),
        .init("dbtype://1%3A2", host: "1:2"),
        // Databases.
        .init("sqlite://", scheme: "sqlite"),
        .init("sqlite:///", canonical: "sqlite://", scheme: "sqlite"),
        .init("sqlite:///:memory:", scheme: "sqlite", database: ":memory:"),
        .init("sqlite:///relative.db", scheme: "sqlite", database: "relative.db"),
        .init("sqlite:////absolute.db", scheme: "sqlite", database: "/absolute.db"),
        .init("sqlite:///../up/x.db", scheme: "sqlite", database: "../up/x.db"),
        .init(
            "sqlite:///C:\\path\\foo.db",
            canonical: "sqlite:///C:%5Cpath%5Cfoo.db",
            scheme: "sqlite",
            database: "C:\\path\\foo.db"
        ),
        .init(
            "sqlite:////Users/me/Application Support/x.db",
            canonical: "sqlite:////Users/me/Application%20Support/x.db",
            scheme: "sqlite",
            database: "/Users/me/Application Support/x.db"
        ),
        .init(
            "sqlite:///file:x.db?mode=ro&uri=true",
            scheme: "sqlite",
            database: "file:x.db",
            query: ["mode": "ro", "uri": "true"]
        ),
        .init(
            "sqlite:///file:///abs.db?uri=true",
            scheme: "sqlite",
            database: "file:///abs.db",
            query: ["uri": "true"]
        ),
        .init("sqlite:///100%25.db", scheme: "sqlite", database: "100%.db"),
        .init("sqlite:///a%3Fb%23c.db", scheme: "sqlite", database: "a?b#c.db"),
        .init("sqlite:///me@home.db", canonical: "sqlite:///me%40home.db", scheme: "sqlite", database: "me@home.db"),
        .init("dbtype://host/", canonical: "dbtype://host", host: "host"),
        // Queries.
        .init("dbtype://h?", canonical: "dbtype://h", host: "h"),
        .init("dbtype://h/db?a=", host: "h", database: "db", query: ["a": ""]),
        .init("dbtype://h?b=2&a=1&b=3", host: "h", query: ["b": "2", "a": "1", "b": "3"]),
        .init("dbtype://h?&a=1&&b=2&", canonical: "dbtype://h?a=1&b=2", host: "h", query: ["a": "1", "b": "2"]),
        .init("dbtype://h?a=b=c", canonical: "dbtype://h?a=b%3Dc", host: "h", query: ["a": "b=c"]),
        .init("dbtype://h?a=b+c%2B%26", canonical: "dbtype://h?a=b%20c%2B%26", host: "h", query: ["a": "b c+&"]),
        .init("dbtype://h?a=b?c", canonical: "dbtype://h?a=b%3Fc", host: "h", query: ["a": "b?c"]),
        .init("dbtype://h?user=me@corp", canonical: "dbtype://h?user=me%40corp", host: "h", query: ["user": "me@corp"]),
        .init(
            "postgresql://u:p@h/db?sslmode=verify-full&sslrootcert=/etc/ssl/root.crt&options=-c%20search_path%3Dx",
            scheme: "postgresql",
            user: "u",
            password: "p",
            host: "h",
            database: "db",
            query: ["sslmode": "verify-full", "sslrootcert": "/etc/ssl/root.crt", "options": "-c search_path=x"]
        ),
    ]
}
