internal import DialectCore
internal import Testing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension ConformanceSuite {
    /// Numbers at their edges.
    static let numbers: [CaseDefinition] = [
        CaseDefinition("values.integersSurvive") { trial in
            let positive: [Int64] = [0, 1, 127, 128, 255, 256, 32_767, 32_768, 65_536, 2_147_483_647, 2_147_483_648]
            let large: [Int64] = [4_294_967_296, 9_007_199_254_740_992, 9_007_199_254_740_993]
            let edges: [Int64] = positive + positive.map { -$0 } + large + [.max, .max - 1, .min, .min + 1]
            try await trial.expectSurvival(
                of: edges.map { EdgeValue("The integer \($0)", .integer($0)) },
                in: .bigInteger,
                isComparable: true
            )
        },
        CaseDefinition("values.integersTooLargeForTheirColumnAreNotChanged") { trial in
            let types: [(ColumnType, [Int64], [Int64])] = [
                (.smallInteger, [-32_768, 32_767], [32_768, -32_769, 65_536, 100_000, 1 << 40, .max, .min]),
                (.integer, [-1 << 31, (1 << 31) - 1], [1 << 31, (-1 << 31) - 1, 1 << 32, 1 << 40, .max, .min]),
            ]
            for (type, inside, outside) in types {
                try await trial.expectSurvival(
                    of: inside.map { EdgeValue("\($0) in \(type)", .integer($0)) }
                        + outside.map { EdgeValue("\($0) in \(type)", .integer($0), refusable: true) },
                    in: type
                )
            }
        },
        CaseDefinition("values.doublesSurvive") { trial in
            let ordinary: [Double] = [
                0, 1, -1, 0.1, 1.0 / 3, -2.5, 1e15, 1e22, 123_456_789.123_456_79, .pi, .ulpOfOne,
                .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, 9_007_199_254_740_991,
            ]
            // Not every database has all of IEEE 754.
            let refusable: [Double] = [-0.0, .leastNonzeroMagnitude, .infinity, -.infinity, .nan]
            try await trial.expectSurvival(
                of: ordinary.map { EdgeValue("The double \($0)", .double($0)) }
                    + refusable.map { EdgeValue("The double \($0)", .double($0), refusable: true) },
                in: .double
            )
        },
        CaseDefinition("values.decimalsSurvive") { trial in
            for scale in [0, 2, 10, 19, 30, 38] {
                // Some databases have at most 30 digits behind the point.
                try await trial.expectSurvival(
                    of: decimals(scale).map { EdgeValue("The decimal \($0)", .decimal($0), refusable: scale > 30) },
                    in: .decimal(precision: 38, scale: scale)
                )
            }
            try await trial.expectSurvival(
                of: [EdgeValue("A decimal that is not a number", .decimal(.nan), refusable: true)],
                in: .decimal(precision: 10, scale: 2)
            )
        },
        CaseDefinition("values.decimalsTooLargeForTheirColumnAreNotChanged") { trial in
            try await trial.expectSurvival(
                of: ["100000000", "-99999999999", "12345678901234567890"].compactMap(Decimal.init(exactly:)).map {
                    EdgeValue("The decimal \($0) in ten digits", .decimal($0), refusable: true)
                },
                in: .decimal(precision: 10, scale: 2)
            )
        },
    ]

    /// Numbers of up to 38 digits with this many of them behind the point.
    private static func decimals(_ scale: Int) -> [Decimal] {
        let digits = "12345678901234567890123456789012345678"
        let nines = String(repeating: "9", count: 38)
        return [digits, nines, "1", "10", "5000", "0", "100000000000000000001"].flatMap { text -> [Decimal] in
            guard let value = Decimal(exactly: "\(text)e-\(scale)") else { return [] }
            return [value, -value]
        }
    }
}
