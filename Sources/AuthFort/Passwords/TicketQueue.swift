internal import DequeModule

/// A first-in, first-out queue from which an entry can be withdrawn in constant time by the ticket it was given.
struct TicketQueue<Element> {
    typealias Ticket = UInt64

    private var order: Deque<Ticket> = []
    private var elements: [Ticket: Element] = [:]
    private var lastTicket: Ticket = 0

    /// The number of entries.
    var count: Int { elements.count }

    /// A new ticket.
    ///
    /// It may be withdrawn before its entry is appended; that does nothing.
    mutating func reserveTicket() -> Ticket {
        lastTicket += 1
        return lastTicket
    }

    /// Adds an entry behind all others.
    mutating func append(_ element: Element, ticket: Ticket) {
        order.append(ticket)
        elements[ticket] = element
    }

    /// Takes out the entry with this ticket, wherever it stands.
    mutating func withdraw(_ ticket: Ticket) -> Element? {
        elements.removeValue(forKey: ticket)
    }

    /// Takes out the oldest entry.
    mutating func popFirst() -> Element? {
        while let ticket = order.popFirst() {
            if let element = elements.removeValue(forKey: ticket) { return element }
        }
        return nil
    }

    /// Takes out every entry, the oldest first.
    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        while let element = popFirst() { all.append(element) }
        return all
    }
}

extension TicketQueue: Sendable where Element: Sendable {}
