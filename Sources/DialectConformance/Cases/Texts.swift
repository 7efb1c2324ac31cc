internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Text at its edges.
    static let texts: [CaseDefinition] = [
        CaseDefinition("values.textSurvives") { trial in
            let texts = [
                "", " ", "  spaces around  ", "it's", "\"quoted\"", "back\\slash", "100%_", "; -- /* */ ?",
                "$1 :name @p",
                "tab\tand\nlines\r\n", "\u{7F}\u{1}\u{1F}", "é", "e\u{301}", "ﬁ", "Å\u{212B}", "ß", "日本語", "العربية",
                "😀", "👩‍👩‍👧‍👦🏳️‍🌈", "\u{10FFFF}", "\u{FEFF}bom", "\u{2028}\u{200B}", "NULL", "true", "0x00",
                String(repeating: "漢😀", count: 5_000),
            ]
            try await trial.expectSurvival(
                of: texts.map { EdgeValue("The text \(String(reflecting: $0.prefix(30)))", .text($0)) },
                in: .text,
                isComparable: true
            )
        },
        CaseDefinition("values.aNULInTextIsKeptOrRefused") { trial in
            try await trial.expectSurvival(
                of: ["\0", "a\0b", "\0end", "start\0"].map {
                    EdgeValue("The text \(String(reflecting: $0))", .text($0), refusable: true)
                },
                in: .text
            )
        },
        // That spaces beyond the column's length are cut is the SQL standard's own rule, so they are not tried.
        CaseDefinition("values.shortStringsAreNeitherCutNorPadded") { trial in
            try await trial.expectSurvival(
                of: ["", "a", "a ", " a", "12345678", "日本語日本語日本", "😀😀😀😀😀😀😀😀"].map {
                    EdgeValue("The string '\($0)'", .text($0))
                }
                    + ["123456789", "😀😀😀😀😀😀😀😀😀"].map {
                        EdgeValue("The string '\($0)' of nine characters in eight", .text($0), refusable: true)
                    },
                in: .string(length: 8)
            )
        },
        CaseDefinition("values.longTextSurvives") { trial in
            // 64 KiB but one byte is the least that a text without a limit of its own may hold.
            let text = String(repeating: "0123456789abcde\n", count: 1 << 20)
            try await trial.expectSurvival(
                of: [
                    EdgeValue("64 KiB of text", .text(String(text.prefix((1 << 16) - 1)))),
                    EdgeValue("1 MiB of text", .text(String(text.prefix(1 << 20))), refusable: true),
                    EdgeValue("16 MiB of text", .text(text), refusable: true),
                ],
                in: .text
            )
        },
        CaseDefinition("values.jsonSurvives") { trial in
            let documents = [
                "{}", "[]", "null", "true", "0", "-1.5", "\"\"", "\"text\"", #"{"a":1,"b":[true,false,null]}"#,
                #"{"unicode":"é😀日本語","escaped":"\"\\\/\n\t"}"#, #"[1,[2,[3,[4,[5]]]]]"#,
                #"{"empty":{},"":""}"#, "12345678901234567890.123456789",
            ]
            try await trial.expectSurvival(
                of: documents.map { EdgeValue("The JSON document \($0)", .json($0)) },
                in: .json
            )
        },
    ]

    /// Bytes at their edges.
    static let binaries: [CaseDefinition] = [
        CaseDefinition("values.bytesSurvive") { trial in
            let values: [[UInt8]] = [
                [], [0], [0, 0, 0], Array(0...255), [0xFF, 0xFE], Array("text".utf8), [0x5C, 0x27, 0x22, 0x00],
            ]
            try await trial.expectSurvival(
                of: values.map { EdgeValue("The \($0.count) bytes \($0.prefix(8))", .bytes($0)) },
                in: .bytes,
                isComparable: true
            )
        },
        CaseDefinition("values.sixteenMegabytesSurvive") { trial in
            let pattern = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let bytes = Array(repeatElement(pattern, count: 4096).joined())
            try await trial.expectSurvival(
                of: [
                    EdgeValue("16 MiB", .bytes(bytes), refusable: true),
                    EdgeValue("1 MiB", .bytes(Array(bytes.prefix(1 << 20)))),
                ],
                in: .bytes
            )
        },
    ]
}
