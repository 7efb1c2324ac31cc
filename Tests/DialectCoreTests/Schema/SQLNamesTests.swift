import Testing

@testable import DialectCore

@Suite struct SQLNamesTests {
    @Test(arguments: [
        ("amount > 0", true), ("AMOUNT > 0", true), (#""amount" > 0"#, true), ("`amount` > 0", true),
        ("t.amount > 0", true), ("amounts > 0", false), ("note = 'amount'", false), (#""Amount" > 0"#, false),
        ("amount(id) > 0", false), ("'it''s amount' = note", false), (#"note = 'a' AND "amount"=1"#, true), ("", false),
        ("amount", true), ("'unfinished amount", false),
    ])
    func findsAColumn(sql: String, isThere: Bool) {
        #expect(SQLNames(sql).contains("amount") == isThere)
    }

    @Test(arguments: [
        ("amount > 0 AND note <> 'amount'", "total > 0 AND note <> 'amount'"),
        (#""amount" > `amount`"#, #""total" > `total`"#), ("amount(amount)", "amount(total)"),
        ("Amount  >\n0 -- amounts", "total  >\n0 -- amounts"), ("ä > amount", "ä > total"),
    ])
    func renamesAColumn(sql: String, renamed: String) {
        #expect(SQLNames(sql).renaming("amount", to: "total") == renamed)
    }

    @Test func aQuotedNameIsQuotedAgain() {
        #expect(SQLNames(#""a""b" = 1"#).renaming(#"a"b"#, to: #"c"d"#) == #""c""d" = 1"#)
    }
}
