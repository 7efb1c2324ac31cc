internal import DialectCore

/// A case before it has a target.
struct CaseDefinition: Sendable {
    let name: String
    let needs: Set<DialectFeature>
    let absent: DialectFeature?
    let condition: @Sendable (ConformanceTarget) -> Bool
    let body: @Sendable (Trial) async throws -> Void

    /// A case for dialects with all of these features.
    init(
        _ name: String,
        needs: Set<DialectFeature> = [],
        where condition: @escaping @Sendable (ConformanceTarget) -> Bool = { _ in true },
        body: @escaping @Sendable (Trial) async throws -> Void
    ) {
        self.name = name
        self.needs = needs
        absent = nil
        self.condition = condition
        self.body = body
    }

    /// A case that shows that a feature is absent, for dialects that do not declare it.
    init(_ name: String, absent: DialectFeature, body: @escaping @Sendable (Trial) async throws -> Void) {
        self.name = name
        needs = []
        self.absent = absent
        condition = { !$0.presentButUndeclared.contains(absent) }
        self.body = body
    }

    func applies(to target: ConformanceTarget) -> Bool {
        let features = target.dialect.features
        return needs.isSubset(of: features) && !(absent.map(features.contains) ?? false) && condition(target)
    }
}
