import DialectCore
import Foundation
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01 00:00:00.000000"), (-1, "1969-12-31 23:59:59.999999"),
        (1, "1970-01-01 00:00:00.000001"), (951_782_400_000_000, "2000-02-29 00:00:00.000000"),
        (4_107_542_399_999_999, "2100-02-28 23:59:59.999999"), (4_107_542_400_000_000, "2100-03-01 00:00:00.000000"),
        (-62_135_596_800_000_000, "0001-01-01 00:00:00.000000"),
        (253_402_300_799_999_999, "9999-12-31 23:59:59.999999"),
        (-62_167_219_200_000_000, "0000-01-01 00:00:00.000000"),
    ])
    func textAndMicrosecondsAgree(microseconds: Int64, text: String) {
        #expect(Timestamp(microsecondsSinceEpoch: microseconds).description == text)
        #expect(Timestamp(text)?.microsecondsSinceEpoch == microseconds)
    }

    @Test(arguments: [
        ("2026-02-19", "2026-02-19 00:00:00.000000"), ("2026-02-19 08:30", "2026-02-19 08:30:00.000000"),
        ("2026-02-19T08:30:15", "2026-02-19 08:30:15.000000"), ("2026-02-19 08:30:15.5", "2026-02-19 08:30:15.500000"),
        ("2026-02-19 08:30:15.123456000", "2026-02-19 08:30:15.123456"),
        ("2026-02-19T08:30:15Z", "2026-02-19 08:30:15.000000"),
        ("2026-02-19T08:30:15.25+00:00", "2026-02-19 08:30:15.250000"),
        ("2026-02-19 08:30:15+02", "2026-02-19 06:30:15.000000"),
        ("2026-02-19 08:30:15-0530", "2026-02-19 14:00:15.000000"),
        ("2024-02-29 23:30:00-01:00", "2024-03-01 00:30:00.000000"),
    ])
    func readsTheSpellingsOfDatabases(text: String, canonical: String) {
        #expect(Timestamp(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "2026", "2026-02", "2026-2-19", "26-02-19", "2026-13-01", "2026-00-01", "2026-02-30", "2025-02-29",
        "1900-02-29", "2026-04-31", "2026-02-19 24:00:00", "2026-02-19 08:60:00", "2026-02-19 08:30:60",
        "2026-02-19 08:30:15.", "2026-02-19 08:30:15.1234567", "2026-02-19 08", "2026-02-19 08:30:15 ", " 2026-02-19",
        "2026-02-19 08:30:15+24:00", "2026-02-19 08:30:15+00:60", "2026-02-19 08:30:15z", "2026-02-19x08:30",
        "2026-02-19 08:30:15+", "-2026-02-19", "2026-02-19 ", "٢٠٢٦-02-19",
    ])
    func refusesEverythingElse(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func textSortsAsTimesDo() {
        let times = (0..<2000)
            .map { _ in
                Timestamp(microsecondsSinceEpoch: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999))
            }
            .sorted()
        #expect(times.map(\.description) == times.map(\.description).sorted())
        #expect(times.allSatisfy { Timestamp($0.description) == $0 })
    }

    @Test func civilTimesOfAllTimestampsComeBack() {
        let limits = [-6_000_000_000_000_000_000, 6_000_000_000_000_000_000] as [Int64]
        let times = limits + (0..<2000).map { _ in .random(in: limits[0]...limits[1]) }
        for microseconds in times {
            let civil = CivilTime(Timestamp(microsecondsSinceEpoch: microseconds))
            #expect(civil.timestamp.microsecondsSinceEpoch == microseconds)
        }
        for microseconds in [Int64.min, .max] {
            let civil = CivilTime(Timestamp(microsecondsSinceEpoch: microseconds))
            #expect((1...12).contains(civil.month) && (1...31).contains(civil.day) && (0...23).contains(civil.hour))
        }
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        var day = try #require(CivilTime(year: 1999, month: 12, day: 31)).timestamp
        for _ in 0..<146_097 {
            day = day + .seconds(86_400)
            let civil = CivilTime(day)
            let same = CivilTime(year: civil.year, month: civil.month, day: civil.day)
            #expect(same?.timestamp == day)
        }
        #expect(day.description == "2399-12-31 00:00:00.000000")
    }

    @Test(arguments: [
        (Duration.microseconds(1), Int64(1)), (.nanoseconds(1999), 1), (.nanoseconds(999), 0), (.nanoseconds(-1), -1),
        (.nanoseconds(-1000), -1), (.nanoseconds(-1001), -2), (.seconds(-1), -1_000_000), (.zero, 0),
        (.seconds(1) - .nanoseconds(1), 999_999),
    ])
    func addingRoundsDown(duration: Duration, microseconds: Int64) {
        let sum = Timestamp(microsecondsSinceEpoch: 0) + duration
        #expect(sum.microsecondsSinceEpoch == microseconds)
    }

    @Test func datesAreRoundedToMicroseconds() {
        #expect(Timestamp(Date(timeIntervalSince1970: 0.0000014)).microsecondsSinceEpoch == 1)
        #expect(Timestamp(Date(timeIntervalSince1970: -0.0000016)).microsecondsSinceEpoch == -2)
        #expect(Timestamp(Date(timeIntervalSince1970: 1e300)).microsecondsSinceEpoch == .max)
        #expect(Timestamp(Date(timeIntervalSince1970: -1e300)).microsecondsSinceEpoch == .min)
        let time = Timestamp(microsecondsSinceEpoch: 1_771_488_000_123_456)
        #expect(Timestamp(time.date) == time)
    }
}
