import Testing

@testable import AuthFort

@Suite struct TicketQueueTests {
    @Test func entriesComeOutInTheOrderTheyWentIn() {
        var queue = TicketQueue<String>()
        for name in ["a", "b", "c"] { queue.append(name, ticket: queue.reserveTicket()) }
        #expect(queue.count == 3)
        #expect(queue.removeAll() == ["a", "b", "c"])
        #expect(queue.popFirst() == nil)
    }

    @Test func theOrderIsThatOfAppendingNotOfTheTickets() {
        var queue = TicketQueue<String>()
        let early = queue.reserveTicket()
        let late = queue.reserveTicket()
        queue.append("first", ticket: late)
        queue.append("second", ticket: early)
        #expect(queue.removeAll() == ["first", "second"])
    }

    @Test func aWithdrawnEntryIsSkipped() {
        var queue = TicketQueue<String>()
        let tickets = (0..<3).map { _ in queue.reserveTicket() }
        for (ticket, name) in zip(tickets, ["a", "b", "c"]) { queue.append(name, ticket: ticket) }
        #expect(queue.withdraw(tickets[1]) == "b")
        #expect(queue.withdraw(tickets[1]) == nil)
        #expect(queue.count == 2)
        #expect(queue.removeAll() == ["a", "c"])
    }
}
