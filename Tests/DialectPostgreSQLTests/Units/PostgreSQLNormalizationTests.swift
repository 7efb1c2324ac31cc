#if PostgreSQL
import DialectCore
import DialectPostgreSQL
import Testing

@Suite struct PostgreSQLNormalizationTests {
    /// A type as people write it, and as `format_type` does.
    @Test(arguments: [
        ("varchar(20)", "character varying(20)"), ("VARCHAR (20)[]", "character varying(20)[]"), ("int4", "integer"),
        ("timestamptz(3)", "timestamp(3) with time zone"), ("timestamptz", "timestamp with time zone"),
        ("timestamp", "timestamp without time zone"), ("time(0)", "time(0) without time zone"),
        ("decimal(10, 2)", "numeric(10,2)"),
        ("INT GENERATED ALWAYS AS IDENTITY", "integer GENERATED ALWAYS AS IDENTITY"),
        ("Char(3)", "character(3)"), ("float", "double precision"), ("tsvector", "tsvector"),
    ])
    func typesAreWhatTheServerPrints(_ written: String, _ printed: String) {
        #expect(column(.native(written)).type == column(.native(printed)).type)
    }

    @Test func typesThatDifferStayDifferent() {
        let spellings = [
            "varchar(20)", "varchar(21)", "varchar[]", "varchar", "text", "timestamptz", "timestamp", "int", "int8",
        ]
        #expect(Set(spellings.map { column(.native($0)).type }).count == spellings.count)
    }

    @Test func aColumnThatCountsIsOneHoweverItIsDescribed() {
        let printed = Column("a", .integer, default: .expression(unsafe: "nextval('t_a_seq'::regclass)"))
        #expect(column(.native("serial")) == normalized(printed))
        #expect(column(.native("bigserial")) != normalized(printed))
    }

    /// A condition as people write it, and as `pg_get_expr` does.
    @Test(arguments: [
        ("length(name) > 3", "(length((name)::text) > 3)"), ("n BETWEEN 1 AND 5", "((n >= 1) AND (n <= 5))"),
        ("a = 1 OR n BETWEEN 1 AND 5 AND b", "((a = 1) OR ((n >= 1) AND (n <= 5) AND b))"),
        ("s IN ('x', 'y')", "((s)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))"),
        ("s NOT IN ('z')", "((s)::text <> 'z'::text)"), ("s NOT LIKE 'a%'", "(s !~~ 'a%'::text)"),
        ("n > -1", "(n > '-1'::integer)"),
        ("price > 1.5", "(price > (1.5)::double precision)"), ("k = 'a'", "(k = 'a'::public.kind)"),
    ])
    func conditionsAreWhatTheServerPrints(_ written: String, _ printed: String) {
        #expect(condition(written) == condition(printed))
    }

    @Test func conditionsThatDifferStayDifferent() {
        let conditions = [
            "n > 1", "n >= 1", "n IN (1, 2)", "n IN (1, 3)", "n NOT IN (1, 2)", "n LIKE 'a'", "n ILIKE 'a'",
        ]
        #expect(Set(conditions.map(condition)).count == conditions.count)
    }

    private func normalized(_ column: Column) -> Column {
        PostgreSQLDialect().normalized(Table("t", columns: [column])).columns[0]
    }

    private func column(_ type: ColumnType) -> Column { normalized(Column("a", type)) }

    private func condition(_ sql: String) -> String {
        let table = Table("t", columns: [], checkConstraints: [CheckConstraint(unsafe: sql)])
        return PostgreSQLDialect().normalized(table).checkConstraints[0].condition
    }
}
#endif
