import AuthFort
import DialectCore
import DialectMigrations
import Testing

@Suite struct SharingTests {
    @Test func thereAreTenTables() {
        #expect(AuthFort.tableNames.count == 10)
        #expect(AuthFort.tableNames.allSatisfy { $0.hasPrefix("authfort_") })
    }

    @Test func foreignTablesAreStubsWithAKey() throws {
        var model = SchemaModel()
        AuthFort.registerForeignTables(in: &model)
        #expect(model.tables.map(\.name) == ["authfort_users", "authfort_user_roles"])
        let users = try #require(model.table("authfort_users"))
        #expect(users.columns == [Column("id", .uuid)])
        #expect(users.primaryKey == PrimaryKey(["id"]))
    }

    @Test func registeringForeignTablesTwiceKeepsWhatIsThere() {
        var model = SchemaModel()
        let own = Table("authfort_users", columns: [Column("id", .uuid), Column("email", .text)])
        model.add(own)
        AuthFort.registerForeignTables(in: &model)
        AuthFort.registerForeignTables(in: &model)
        #expect(model.table("authfort_users") == own)
        #expect(model.tables.count == 2)
    }

    @Test(arguments: AuthFort.tableNames.sorted())
    func filtersHideAuthFortsTablesOnly(table: String) {
        let filters = AuthFort.migrationFilters()
        #expect(!filters.includeName(table, .table))
        #expect(!filters.includeObject(table, .table))
        #expect(filters.includeName(table, .index))
        #expect(filters.includeName(table.uppercased(), .table))
        #expect(filters.includeObject("\(table)_archive", .table))
    }

    @Test func filtersPassTheDefaultSchema() {
        #expect(AuthFort.migrationFilters().includeName(nil, .schema))
        #expect(AuthFort.migrationFilters().includeName(nil, .table))
    }
}
