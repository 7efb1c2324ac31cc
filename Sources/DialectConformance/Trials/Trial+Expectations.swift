internal import DialectCore
internal import Testing

extension Trial {
    func expect(
        _ isTrue: Bool,
        _ message: @autoclosure () -> String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if !isTrue { fail(message(), sourceLocation) }
    }

    func expectEqual<Value: Equatable>(
        _ actual: Value,
        _ expected: Value,
        _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if actual != expected { fail("\(what): expected \(shown(expected)), got \(shown(actual)).", sourceLocation) }
    }

    /// Expects a call to fail with one of these codes, and returns its error.
    @discardableResult
    func expectError<Result>(
        _ codes: DatabaseError.Code...,
        from what: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () async throws -> Result
    ) async -> DatabaseError? {
        let expected = codes.map(\.name).joined(separator: " or ")
        do {
            _ = try await body()
            fail("\(what) succeeded; expected \(expected).", sourceLocation)
        } catch let error as DatabaseError {
            expect(
                codes.contains(error.code),
                "\(what): expected \(expected), got \(String(reflecting: error))",
                sourceLocation: sourceLocation
            )
            return error
        } catch {
            fail("\(what): expected a DatabaseError, got \(String(reflecting: error))", sourceLocation)
        }
        return nil
    }

    /// Expects that a session still gives the right answer.
    func expectUsable(
        _ connection: any Connection,
        after what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        do {
            let answer: Int = try await value("SELECT 40 + 2", on: connection)
            expectEqual(answer, 42, "The next statement after \(what)", sourceLocation: sourceLocation)
        } catch {
            fail("The session is not usable after \(what): \(String(reflecting: error))", sourceLocation)
        }
    }

    /// The start of what a value looks like: some are megabytes long.
    func shown(_ value: some Any) -> String {
        let text = String(describing: value)
        return text.utf8.count > 200 ? "\(text.prefix(200))…" : text
    }
}
