import Testing

@testable import DialectEngine

@Suite struct PoolActionsTests {
    @Test(arguments: 0...5)
    func actionsComeOutInTheOrderTheyWentIn(count: Int) {
        var actions = PoolActions()
        let expected = (0..<count).map { PoolAction.schedule(PoolInstant(nanoseconds: Int64($0))) }
        for action in expected { actions.append(action) }
        #expect(Array(actions) == expected)
        #expect(actions.isEmpty == (count == 0))
    }
}
