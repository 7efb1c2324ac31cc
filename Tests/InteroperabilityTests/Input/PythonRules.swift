import FoundationEssentials
import TestSupport

@testable import AuthFort

/// A rule for input, as both libraries have it.
enum InputRule: String, Codable, CaseIterable {
    case email, name, phone, avatar

    /// What the rule of this library makes of a text.
    ///
    /// In ASCII, because strings of different normalisation are equal.
    func outcome(of text: String) -> String {
        do throws(AuthError) {
            let value: String? =
                switch self {
                case .email: try EmailAddress.normalize(text)
                case .name: try DisplayName.normalize(text)
                case .phone: try PhoneNumber.normalize(text)
                case .avatar: try AvatarURL.normalize(text)
                }
            return value.map { "\"\(spelling($0))\"" } ?? "none"
        } catch {
            return "\(error.status) \(error)"
        }
    }
}

/// A text for a rule.
struct InputCase: Codable {
    let rule: InputRule
    let text: String
}

/// Non-ASCII characters, control characters and the backslash as `\u{…}`, as the Python script writes them.
func spelling(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
        (0x20..<0x7F).contains(scalar.value) && scalar != "\\"
            ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }.joined()
}

/// The rules of the Python library.
enum PythonRules {
    /// What the rules make of the texts, in their order, from one run of Python.
    static func outcomes(of cases: [InputCase]) async throws -> [String] {
        let encoder = JSONEncoder()
        let lines = try cases.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        let output = try await PythonInterpreter.find().run(
            script: script,
            standardInput: lines.joined(separator: "\n")
        )
        let outcomes = output.split(separator: "\n").map(String.init)
        guard outcomes.count == cases.count else {
            throw PythonAnswerMissing(asked: cases.count, answered: outcomes.count)
        }
        return outcomes
    }

    struct PythonAnswerMissing: Error {
        let asked, answered: Int
    }

    private static let script = #"""
        import json, sys
        from authfort.core import validation
        from authfort.core.errors import AuthError

        rules = {
            "email": validation.validate_user_email,
            "name": validation.sanitize_name,
            "phone": validation.sanitize_phone,
            "avatar": validation.validate_avatar_url,
        }

        def spelling(text):
            return "".join(c if " " <= c < "\x7f" and c != "\\" else "\\u{%x}" % ord(c) for c in text)

        for line in sys.stdin:
            case = json.loads(line)
            try:
                value = rules[case["rule"]](case["text"])
                print("none" if value is None else '"' + spelling(value) + '"')
            except AuthError as error:
                print(f"{error.status_code} {error.code}: {error.message}")
        """#
}
