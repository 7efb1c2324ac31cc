import Testing

@testable import DialectEngine

@Suite struct UncancelledTests {
    @Test func cleanUpInACancelledTaskIsNotCancelled() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let inside = await uncancelled(preferring: nil) { Task.isCancelled }
            return (inside: inside, outside: Task.isCancelled)
        }
        let isCancelled = await task.value
        #expect(!isCancelled.inside)
        #expect(isCancelled.outside)
    }

    @Test func cleanUpRunsOnThePreferredExecutor() async {
        let executor = QueueExecutor()
        #expect(await uncancelled(preferring: executor) { executor.isCurrent })
    }
}
