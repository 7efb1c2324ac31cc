import DialectCore

extension AuthFortConfiguration {
    /// Checks every option and returns the configuration in its normal form.
    ///
    /// The normal form has no trailing slash in ``frontendURL``, and nil in place of an empty ``frontendURL`` or
    /// ``MultiFactor/issuer``.
    ///
    /// - Throws: A `ConfigurationError` about the first option that has a value it may not have.
    public func validated() throws(ConfigurationError) -> AuthFortConfiguration {
        try tokens.validate()
        try passwords.validate()
        try email.validate()
        try multiFactor.validate()
        try cookie?.validate()
        try rateLimits?.validate()
        try introspection.validate()
        do throws(DatabaseError) { _ = try pool?.validated() } catch {
            throw ConfigurationError(option: "pool", problem: error.message)
        }

        var normal = self
        if multiFactor.issuer?.isEmpty == true { normal.multiFactor.issuer = nil }
        if var url = frontendURL {
            while url.last == "/" { url.removeLast() }
            if !url.isEmpty { try ConfigurationRule.baseURL(url, "frontendURL") }
            normal.frontendURL = url.isEmpty ? nil : url
        }
        return normal
    }
}

extension AuthFortConfiguration.Introspection {
    /// An empty secret would let everybody in, and one that no header can carry would let nobody in.
    func validate() throws(ConfigurationError) {
        guard case .secret(let secret) = self else { return }
        let bytes = secret.reveal().utf8
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ConfigurationError(
                option: "introspection",
                problem: "the secret must not be empty and must consist of printable ASCII without spaces"
            )
        }
    }
}
