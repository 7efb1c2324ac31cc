import DialectCore
import Testing

@Suite struct ComparableSQLTests {
    @Test(arguments: [
        ("amount <> 0", "(Amount != 0)"), ("a > -1", "((\"a\" > '-1'))"), ("a-1 > b", "a - 1 > b"),
        ("name = 'It''s (A)'", "`name`='It''s (A)'"), ("price >= 1.50", "price>='1.50'"),
        ("a AND NOT b", "((a) and (not (b)))"), ("x IN ('a', 'b')", "x in ('a','b')"),
    ])
    func spellingsOfOneConditionAreEqual(_ one: String, _ other: String) {
        #expect(ComparableSQL(one).text == ComparableSQL(other).text)
    }

    @Test(arguments: [
        ("amount > 0", "amount >= 0"), ("name = 'a'", "name = 'A'"), ("a = 1", "a = 10"), ("a AND b", "a OR b"),
        ("name = 'a b'", "name = 'a  b'"), ("a > -1", "a > 1"), ("f(a)", "g(a)"),
    ])
    func conditionsThatDifferAreNotEqual(_ one: String, _ other: String) {
        #expect(ComparableSQL(one).text != ComparableSQL(other).text)
    }
}
