#if PostgreSQL
import Testing

@testable import DialectPostgreSQL

@Suite struct PipelineLedgerTests {
    @Test func answersComeInTheOrderOfTheItems() {
        var ledger = PipelineLedger<Int>()
        for item in 1...3 { #expect(ledger.add(item, alone: false) == [.item]) }
        let hasSync = ledger.addSync()
        #expect(hasSync)
        #expect(ledger.outstanding == 3)
        #expect(shape(&ledger) == "1 2 3 sync")
        #expect(ledger.isEmpty && ledger.outstanding == 0)
    }

    @Test func aTurnWithoutItemsHasNoSync() {
        var ledger = PipelineLedger<Int>()
        let first = ledger.addSync()
        _ = ledger.add(1, alone: false)
        let second = ledger.addSync()
        let third = ledger.addSync()
        #expect([first, second, third] == [false, true, false])
    }

    @Test func anItemAloneIsBetweenTwoSyncs() {
        var ledger = PipelineLedger<Int>()
        _ = ledger.add(1, alone: false)
        #expect(ledger.add(2, alone: true) == [.sync, .item, .sync])
        #expect(ledger.add(3, alone: true) == [.item, .sync])
        _ = ledger.add(4, alone: false)
        #expect(ledger.needsSync)
        #expect(shape(&ledger) == "1 sync 2 sync 3 sync 4")
    }

    @Test func theRunningItemIsBehindTheSyncsThatAreOwed() {
        var ledger = PipelineLedger<Int>()
        #expect(ledger.running == nil)
        _ = ledger.add(1, alone: true)
        _ = ledger.add(2, alone: false)
        #expect(ledger.running == 1)
        _ = ledger.removeHead()
        #expect(ledger.running == 2)
    }

    @Test func whatIsLostIsEveryItemWithoutAnAnswer() {
        var ledger = PipelineLedger<Int>()
        for item in 1...4 { _ = ledger.add(item, alone: item == 3) }
        _ = ledger.removeHead()
        #expect(ledger.removeAll() == [2, 3, 4])
        #expect(ledger.isEmpty && ledger.outstanding == 0 && !ledger.needsSync)
    }

    @Test func aLedgerThatIsNeverEmptyKeepsItsOrder() {
        var ledger = PipelineLedger<Int>()
        var next = 0
        for item in 0..<10_000 {
            _ = ledger.add(item, alone: item.isMultiple(of: 7))
            guard ledger.outstanding > 50 else { continue }
            while case .some(let entry) = ledger.removeHead() {
                guard case .item(let item) = entry else { continue }
                #expect(item == next)
                next += 1
                break
            }
        }
        #expect(ledger.removeAll() == Array(next..<10_000))
    }

    private func shape(_ ledger: inout PipelineLedger<Int>) -> String {
        var words: [String] = []
        while let entry = ledger.removeHead() {
            switch entry {
            case .item(let item): words.append("\(item)")
            case .sync: words.append("sync")
            }
        }
        return words.joined(separator: " ")
    }
}

@Suite struct PipelineAttemptsTests {
    @Test(arguments: [PipelineAttempts.Ending.rows, .failed])
    func anAnswerOfItsOwnIsDelivered(ending: PipelineAttempts.Ending) {
        var attempts = PipelineAttempts()
        #expect(attempts.verdict(on: ending, mayBeMistaken: true) == .deliver)
    }

    @Test func whatWasSkippedRunsAlone() {
        var attempts = PipelineAttempts()
        #expect(attempts.verdict(on: .skipped, mayBeMistaken: false) == .runAlone)
        #expect(attempts.verdict(on: .failed, mayBeMistaken: false) == .deliver)
    }

    @Test func aCancelThatNobodyHereRequestedIsDelivered() {
        var attempts = PipelineAttempts()
        #expect(attempts.verdict(on: .cancelled, mayBeMistaken: false) == .deliver)
    }

    @Test func aMistakenCancelRunsAgainButNotForEver() {
        var attempts = PipelineAttempts()
        for _ in 0..<PipelineAttempts.mostCancels {
            #expect(attempts.verdict(on: .cancelled, mayBeMistaken: true) == .runAlone)
        }
        #expect(attempts.verdict(on: .cancelled, mayBeMistaken: true) == .deliver)
    }

    @Test func aStaleStatementIsPreparedAgainOnce() {
        var attempts = PipelineAttempts()
        #expect(attempts.verdict(on: .stale, mayBeMistaken: false) == .prepareAgain)
        #expect(attempts.verdict(on: .stale, mayBeMistaken: false) == .deliver)
    }

    @Test func aReadSurvivesOneLoss() {
        var attempts = PipelineAttempts()
        let losses = [attempts.survivesLoss(), attempts.survivesLoss()]
        #expect(losses == [true, false])
    }
}
#endif
