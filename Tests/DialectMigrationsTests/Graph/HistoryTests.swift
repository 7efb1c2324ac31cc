import DialectCore
import DialectMigrations
import Testing

@Suite struct HistoryTests {
    @Test func historyRunsFromTheNewestToTheOldest() throws {
        let history = try MigrationChain.merged().graph.history(current: ["b", "c"])
        #expect(
            history.map(\.description) == [
                "b, c, d -> m (head) (merge point), add t_m",
                "a -> d, add t_d",
                "a -> c (current), add t_c",
                "a -> b (current), add t_b",
                "<base> -> a (branch point), add t_a",
            ]
        )
        #expect(history.filter(\.isApplied).map(\.revision) == ["c", "b", "a"])
    }

    @Test func rowsThatTheGraphDoesNotKnowMarkNothing() throws {
        let history = try MigrationChain.linear().graph.history(current: ["009"])
        #expect(history.count == 4)
        #expect(!history.contains { $0.isApplied || $0.isCurrent })
    }
}
