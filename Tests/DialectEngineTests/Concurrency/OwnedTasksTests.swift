import Locking
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct OwnedTasksTests {
    @Test func waitingEndsWhenEveryTaskHasEnded() async {
        let (tasks, ended) = (OwnedTasks(), Locked(0))
        for _ in 0..<100 {
            tasks.start {
                await Task.yield()
                ended.withLock { $0 += 1 }
            }
        }
        await tasks.wait()
        #expect(ended.withLock { $0 } == 100)
    }

    @Test func waitingIncludesTasksThatAreStartedMeanwhile() async {
        let (tasks, ended) = (OwnedTasks(), Locked(0))
        tasks.start {
            await Task.yield()
            tasks.start {
                await Task.yield()
                ended.withLock { $0 += 1 }
            }
        }
        await tasks.wait()
        #expect(ended.withLock { $0 } == 1)
    }

    @Test func cancellingReachesEveryTask() async {
        let (tasks, clock) = (OwnedTasks(), ManualClock())
        for _ in 0..<10 {
            tasks.start { try? await clock.sleep(for: .seconds(1)) }
        }
        tasks.cancelAll()
        await tasks.wait()
        #expect(clock.deadlines == [])
    }

    @Test func aTaskInheritsNothingOfItsStarter() async {
        let (tasks, seen) = (OwnedTasks(), Locked(0))
        Inherited.$number.withValue(7) {
            _ = tasks.start { seen.withLock { $0 = Inherited.number } }
        }
        await tasks.wait()
        #expect(seen.withLock { $0 } == 1)
    }

    private enum Inherited {
        @TaskLocal static var number = 1
    }
}
