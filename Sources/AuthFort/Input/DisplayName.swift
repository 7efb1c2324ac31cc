/// The rule for the name that a person is shown under.
///
/// What is stored can be put into an HTML page as it is: tags are gone, and `&`, `<` and `>` are written as character
/// references. Applying the rule to its own result changes nothing.
enum DisplayName {
    /// The longest name, in code points of its stored form.
    static let maximumLength = 255

    /// Gives the name without markup and control characters and with single spaces; an empty one means that there is
    /// none.
    ///
    /// - Throws: `invalidName` when the name is too long.
    static func normalize(_ text: String) throws(AuthError) -> String? {
        guard let plain = PlainText.removingMarkup(from: text) else { throw .nameTooLong }
        let name = UnicodeText.collapsed(UnicodeText.printable(plain))
        guard !name.isEmpty else { return nil }
        guard name.unicodeScalars.count <= maximumLength else { throw .nameTooLong }
        return name
    }
}
