internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What a dialect says about itself.
    static let dialects: [CaseDefinition] = [
        CaseDefinition("dialects.schemesAreDistinctAndInLowerCase") { trial in
            let schemes = type(of: trial.dialect).schemes
            trial.expect(!schemes.isEmpty, "The dialect has no scheme.")
            trial.expectEqual(Set(schemes).count, schemes.count, "The number of distinct schemes")
            for scheme in schemes {
                trial.expectEqual(scheme, scheme.lowercased(), "A scheme")
                trial.expect(
                    (try? DatabaseURL("\(scheme)://host/database")) != nil,
                    "'\(scheme)' cannot be a URL's scheme."
                )
            }
            trial.expect(
                schemes.contains(trial.url.scheme),
                "The database's scheme '\(trial.url.scheme)' is not declared."
            )
            trial.expect(!type(of: trial.dialect).name.isEmpty, "The dialect has no name.")
        },
        CaseDefinition("dialects.poolDefaultsAreValid") { trial in
            try trial.dialect.poolDefaults(for: trial.url).validated()
        },
        CaseDefinition("dialects.anUnknownOptionIsRefused") { trial in
            let option = "conformance_no_such_option"
            let url = try trial.url.adding(option: option, "1")
            let error = await trial.expectError(.invalidURL, from: "A URL with an unknown option") {
                try trial.dialect.connector(for: url, logger: Trial.logger)
            }
            if let error {
                trial.expect(error.message.contains(option), "The error does not name the option: \(error)")
            }
        },
        CaseDefinition("dialects.nameOfAnUnknownErrorIsOther") { trial in
            let error = trial.dialect.error(for: NativeError(code: 987_654_321, message: "secret data"))
            trial.expectEqual(error.code, .other, "The code of an unknown error")
            trial.expect(!error.description.contains("secret data"), "The database's own words are shown: \(error)")
        },
    ]
}
