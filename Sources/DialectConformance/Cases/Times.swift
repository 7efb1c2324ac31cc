internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Points in time at their edges.
    static let times: [CaseDefinition] = [
        CaseDefinition("values.microsecondsSurvive") { trial in
            try await trial.expectSurvival(
                of: timestamps.map { EdgeValue("The time \($0)", .timestamp($0)) },
                in: .timestamp(fractionDigits: 6),
                isComparable: true
            )
        },
        CaseDefinition("values.timesBeyondTheYears1And9999AreNotChanged") { trial in
            let values = [earliest - 1, latest + 1, .max, .min, .max - 1].map(Timestamp.init(microsecondsSinceEpoch:))
            try await trial.expectSurvival(
                of: values.map { EdgeValue("The time \($0)", .timestamp($0), refusable: true) },
                in: .timestamp(fractionDigits: 6)
            )
        },
        CaseDefinition("values.timesKeepTheirMicrosecondsByDefault", needs: [.microsecondTimestamps]) { trial in
            try await trial.expectSurvival(
                of: timestamps.map { EdgeValue("The time \($0)", .timestamp($0)) },
                in: .timestamp()
            )
        },
        CaseDefinition("features.microsecondsByDefaultAreAbsent", absent: .microsecondTimestamps) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeTable([Column("v", .timestamp(), nullable: true)], on: connection)
            let time = Timestamp(microsecondsSinceEpoch: 1_700_000_000_123_456)
            do throws(DatabaseError) {
                try await connection.execute("INSERT INTO \(identifier: table) (id, v) VALUES (1, \(time))")
            } catch {
                guard error.code == .valueOutOfRange || error.code == .valueNotRepresentable else { throw error }
                return
            }
            let kept: Timestamp = try await trial.value("SELECT v FROM \(identifier: table)", on: connection)
            trial.expect(kept != time, "Times keep their microseconds by default; declare 'microsecondTimestamps'.")
        },
    ]

    /// 0001-01-01 00:00:00 and 9999-12-31 23:59:59.999999, in microseconds since 1970.
    private static let (earliest, latest) = (Int64(-62_135_596_800_000_000), Int64(253_402_300_799_999_999))

    private static let timestamps: [Timestamp] = [
        0, 1, -1, 999_999, 1_000_000, -999_999, -1_000_000, 1_700_000_000_000_000, 1_700_000_000_123_456,
        1_700_000_000_999_999, 1_700_000_000_000_001, 951_782_399_999_999, 951_782_400_000_000,
        // The last hour of summer time in Europe, and 2038-01-19 03:14:07, the last second of 32 bits.
        1_698_541_200_000_000, 1_698_537_600_500_000, 2_147_483_647_000_000, 2_147_483_648_000_000,
        earliest, earliest + 1, latest, latest - 1, -2_208_988_800_000_000, -12_219_292_800_000_001,
    ].map(Timestamp.init(microsecondsSinceEpoch:))
}
