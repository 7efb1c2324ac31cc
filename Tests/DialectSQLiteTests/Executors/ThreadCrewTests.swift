#if SQLite
import Testing

@testable import SQLiteFamily

@Suite struct ThreadCrewTests {
    @Test func asManyThreadsAreStartedAsMayWork() {
        var crew = crew(workingLimit: 2, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        #expect(crew.call() == .newcomer(id: 1))
        #expect(crew.call() == .nobody)
        #expect(crew.threads == 2)
    }

    @Test func aRestingThreadIsCalledBeforeANewOneIsStarted() {
        var crew = crew(workingLimit: 2, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        crew.rest(0)
        #expect(crew.call() == .resting)
        // The call is on its way to that thread, so a second one is another's.
        #expect(crew.call() == .newcomer(id: 1))
        let hasAnswered = crew.answer(0)
        #expect(hasAnswered)
        #expect(crew.working == 2)
    }

    @Test func aRestingThreadAnswersOnlyWhenItWasCalled() {
        var crew = crew(workingLimit: 2, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        crew.rest(0)
        let hasAnswered = crew.answer(0)
        #expect(!hasAnswered)
        #expect(crew.working == 0)
        #expect(crew.resting == 1)
    }

    @Test func whoIsWithOnePieceOfWorkAtTwoLooksCountsAsWorkingNoMore() {
        var crew = crew(workingLimit: 1, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        crew.begin(0)
        crew.look()
        #expect(crew.call() == .nobody)
        crew.look()
        #expect(crew.call() == .newcomer(id: 1))
    }

    @Test func whoGoesOnToTheNextPieceKeepsCounting() {
        var crew = crew(workingLimit: 1, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        for _ in 0..<10 {
            crew.begin(0)
            crew.look()
            #expect(crew.call() == .nobody)
        }
    }

    @Test func whoComesBackFromASlowPieceRestsWhenOthersTookItsPlace() {
        var crew = crew(workingLimit: 1, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        crew.begin(0)
        crew.look()
        crew.look()
        #expect(crew.call() == .newcomer(id: 1))
        let mayWork = crew.mayWork(0)
        #expect(!mayWork)
        crew.rest(0)
        let mayOtherWork = crew.mayWork(1)
        #expect(mayOtherWork)
    }

    @Test func slowPiecesTakeNoMoreThreadsThanThereAreSessions() {
        var crew = crew(workingLimit: 2, sessions: 3)
        var started = 0
        for _ in 0..<20 {
            while case .newcomer(let id) = crew.call() {
                crew.begin(id)
                started += 1
            }
            crew.look()
        }
        #expect(started == 5)
    }

    @Test func theIdOfAThreadThatEndedIsGivenAgain() {
        var crew = crew(workingLimit: 2, sessions: 16)
        #expect(crew.call() == .newcomer(id: 0))
        crew.rest(0)
        crew.leave(0)
        #expect(crew.threads == 0)
        #expect(crew.call() == .newcomer(id: 0))
        crew.refuse(0)
        #expect(crew.threads == 0)
        #expect(crew.working == 0)
    }

    private func crew(workingLimit: Int, sessions: Int) -> ThreadCrew {
        var crew = ThreadCrew(workingLimit: workingLimit)
        crew.sessions = sessions
        return crew
    }
}
#endif
