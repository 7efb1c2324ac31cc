extension ConformanceSuite {
    static let reflection: [CaseDefinition] = []
}
