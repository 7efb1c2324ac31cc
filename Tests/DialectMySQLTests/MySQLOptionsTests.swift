#if MySQL
import DialectCore
import Testing

@testable import DialectMySQL

@Suite struct MySQLOptionsTests {
    private func options(_ url: String) throws -> MySQLOptions { try MySQLOptions(DatabaseURL(url)) }

    @Test func aURLNamesTheServerTheUserAndTheDatabase() throws {
        let options = try options("mysql+aiomysql://app:p%40ss@db.example:3307/shop")
        #expect(options.endpoints == [.tcp(host: "db.example", port: 3307)])
        #expect(options.user == "app")
        #expect(options.password?.reveal() == "p@ss")
        #expect(options.database == "shop")
        #expect(options.tls.mode == .disabled)
        #expect(options.connectTimeout == .seconds(10))
        #expect(options.commandTimeout == nil)
    }

    @Test func hostsAreTriedInTheirOrder() throws {
        let options = try options("mariadb://a:1,[::1]:2,c/shop")
        #expect(
            options.endpoints == [.tcp(host: "a", port: 1), .tcp(host: "::1", port: 2), .tcp(host: "c", port: 3306)]
        )
    }

    @Test(arguments: [
        "mysql://u@/d?unix_socket=/run/s.sock", "mysql://u@ignored/d?unix_socket=/run/s.sock",
        "mysql://u@/d?host=/run/s.sock",
    ])
    func aSocketIsNamedByItsPath(_ url: String) throws {
        #expect(try options(url).endpoints == [.socket(path: "/run/s.sock")])
    }

    @Test(arguments: [
        ("ssl_mode=REQUIRED", MySQLOptions.TLSMode.required), ("ssl_mode=disabled", .disabled), ("ssl=true", .required),
        ("ssl=false", .disabled), ("ssl_ca=/ca.pem", .verifyIdentity), ("ssl_ca=/ca.pem&ssl_mode=verify_ca", .verifyCA),
        ("ssl_ca=/ca.pem&ssl_check_hostname=false", .verifyCA), ("ssl_cert=/c.pem&ssl_key=/k.pem", .required),
        ("ssl_verify_identity=true", .verifyIdentity), ("ssl_ca=/ca.pem&ssl_verify_cert=false", .required),
        ("sslmode=disable", .disabled), ("sslmode=prefer", .preferred), ("sslmode=require", .required),
        ("sslmode=verify-ca", .verifyCA), ("sslmode=verify-full&sslrootcert=/ca.pem", .verifyIdentity),
        ("sslrootcert=/ca.pem", .verifyIdentity), ("sslcert=/c.pem&sslkey=/k.pem", .required),
    ])
    func tlsIsAsStrictAsItsOptions(_ query: String, _ mode: MySQLOptions.TLSMode) throws {
        #expect(try options("mysql://u@h/d?\(query)").tls.mode == mode)
    }

    @Test func timeoutsAreInSeconds() throws {
        #expect(try options("mysql://h/d?connect_timeout=2.5").connectTimeout == .seconds(2.5))
        #expect(try options("mysql://h/d?read_timeout=3").commandTimeout == .seconds(3))
        #expect(try options("mysql://h/d?read_timeout=3&command_timeout=4").commandTimeout == .seconds(4))
        #expect(try options("mysql://h/d?command_timeout=0").commandTimeout == nil)
    }

    @Test func optionsOfPythonsThatAskForWhatHappensAnywayAreAccepted() throws {
        let options = try options("mysql+aiomysql://h/d?charset=utf8mb4&autocommit=true&use_unicode=1&local_infile=0")
        #expect(options.database == "d")
    }

    @Test func initCommandsMayBeGivenSeveralTimes() throws {
        #expect(try options("mysql://h/d?init_command=SET%20@a=1&init_command=SET%20@b=2").initCommands.count == 2)
    }

    @Test(arguments: [
        ("colour=red", "colour"), ("charset=latin1", "charset"), ("autocommit=false", "autocommit"),
        ("local_infile=1", "local_infile"), ("ssl_mode=maybe", "ssl_mode"), ("connect_timeout=-1", "connect_timeout"),
        ("connect_timeout=0", "connect_timeout"), ("cached_statements=many", "cached_statements"),
        ("unix_socket=relative", "unix_socket"), ("ssl=false&ssl_ca=/ca.pem", "ssl_ca"), ("ssl=perhaps", "ssl"),
        ("ssl_mode=required&ssl_mode=disabled", "ssl_mode"), ("ssl_mode=required&sslmode=disable", "sslmode"),
        ("sslmode=disable&sslrootcert=/ca.pem", "ssl_ca"), ("sslmode=verify", "verify_identity"),
    ])
    func anOptionWithAFaultIsRefusedByItsName(_ query: String, _ name: String) throws {
        let error = try #require(throws: DatabaseError.self) { try options("mysql://u@h/d?\(query)") }
        #expect(error.code == .invalidURL)
        #expect(error.message.contains(name))
    }
}
#endif
