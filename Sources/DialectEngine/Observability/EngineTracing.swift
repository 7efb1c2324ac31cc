internal import DialectCore
internal import Tracing

/// The spans of an engine: one for each checkout that waits, and one for each statement.
///
/// Their names and attributes are those of OpenTelemetry. Bound values are in none of them.
/// https://opentelemetry.io/docs/specs/semconv/database/database-spans/
final class EngineTracing: Sendable {
    private let tracer: any Tracer
    private let system: String

    /// Makes the tracing for a dialect; nil where the program has no tracer.
    init?(dialect: String, tracer: any Tracer = InstrumentationSystem.tracer) {
        guard !(tracer is NoOpTracer) else { return nil }
        self.tracer = tracer
        system = dialect.lowercased()
    }

    /// Runs a statement within a span that is named after its first word.
    func statement<Result>(
        _ statement: Statement,
        _ body: () async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        let text = "\(statement)"
        let name = text.split(whereSeparator: \.isWhitespace).first.map { $0.uppercased() } ?? "statement"
        let span = tracer.startAnySpan(name, ofKind: .client)
        span.attributes["db.system.name"] = system
        span.attributes["db.query.text"] = text
        return try await end(span, after: body)
    }

    /// Waits for a connection within a span.
    func checkout<Result>(
        _ body: () async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        let span = tracer.startAnySpan("checkout", ofKind: .internal)
        span.attributes["db.system.name"] = system
        return try await end(span, after: body)
    }

    private func end<Result>(
        _ span: any Span,
        after body: () async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        defer { span.end() }
        do throws(DatabaseError) {
            return try await body()
        } catch {
            span.attributes["error.type"] = "\(error.code)"
            span.setStatus(SpanStatus(code: .error, message: error.message))
            throw error
        }
    }
}
