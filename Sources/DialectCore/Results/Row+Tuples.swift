// The usual numbers of columns each have a function of their own: the compiler does not unroll a pack of types, and reading
// a row through one costs ten times as much.
extension Row {
    /// Reads the first two cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type
    ) throws(DatabaseError) -> (First, Second) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1))
        )
    }

    /// Reads the first three cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type
    ) throws(DatabaseError) -> (First, Second, Third) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2))
        )
    }

    /// Reads the first four cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type
    ) throws(DatabaseError) -> (First, Second, Third, Fourth) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3))
        )
    }

    /// Reads the first five cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable,
        Fifth: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type,
        _ fifth: Fifth.Type
    ) throws(DatabaseError) -> (First, Second, Third, Fourth, Fifth) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3)),
            try Fifth(from: cell(at: 4))
        )
    }

    /// Reads the first six cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable,
        Fifth: SQLDecodable,
        Sixth: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type,
        _ fifth: Fifth.Type,
        _ sixth: Sixth.Type
    ) throws(DatabaseError) -> (First, Second, Third, Fourth, Fifth, Sixth) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3)),
            try Fifth(from: cell(at: 4)),
            try Sixth(from: cell(at: 5))
        )
    }

    /// Reads the first seven cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable,
        Fifth: SQLDecodable,
        Sixth: SQLDecodable,
        Seventh: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type,
        _ fifth: Fifth.Type,
        _ sixth: Sixth.Type,
        _ seventh: Seventh.Type
    ) throws(DatabaseError) -> (First, Second, Third, Fourth, Fifth, Sixth, Seventh) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3)),
            try Fifth(from: cell(at: 4)),
            try Sixth(from: cell(at: 5)),
            try Seventh(from: cell(at: 6))
        )
    }

    /// Reads the first eight cells of the row.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable,
        Fifth: SQLDecodable,
        Sixth: SQLDecodable,
        Seventh: SQLDecodable,
        Eighth: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type,
        _ fifth: Fifth.Type,
        _ sixth: Sixth.Type,
        _ seventh: Seventh.Type,
        _ eighth: Eighth.Type
    ) throws(DatabaseError) -> (First, Second, Third, Fourth, Fifth, Sixth, Seventh, Eighth) {
        (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3)),
            try Fifth(from: cell(at: 4)),
            try Sixth(from: cell(at: 5)),
            try Seventh(from: cell(at: 6)),
            try Eighth(from: cell(at: 7))
        )
    }

    /// Reads the first cells of the row, nine or more.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` or `valueOutOfRange`; see `SQLDecodable`.
    @inlinable
    public func decode<
        First: SQLDecodable,
        Second: SQLDecodable,
        Third: SQLDecodable,
        Fourth: SQLDecodable,
        Fifth: SQLDecodable,
        Sixth: SQLDecodable,
        Seventh: SQLDecodable,
        Eighth: SQLDecodable,
        Ninth: SQLDecodable,
        each Other: SQLDecodable
    >(
        _ first: First.Type,
        _ second: Second.Type,
        _ third: Third.Type,
        _ fourth: Fourth.Type,
        _ fifth: Fifth.Type,
        _ sixth: Sixth.Type,
        _ seventh: Seventh.Type,
        _ eighth: Eighth.Type,
        _ ninth: Ninth.Type,
        _ others: repeat (each Other).Type
    ) throws(DatabaseError) -> (
        First, Second, Third, Fourth, Fifth, Sixth, Seventh, Eighth, Ninth, repeat each Other
    ) {
        var position = 8
        func next<Element: SQLDecodable>(_ type: Element.Type) throws(DatabaseError) -> Element {
            position += 1
            return try Element(from: cell(at: position))
        }
        return (
            try First(from: cell(at: 0)),
            try Second(from: cell(at: 1)),
            try Third(from: cell(at: 2)),
            try Fourth(from: cell(at: 3)),
            try Fifth(from: cell(at: 4)),
            try Sixth(from: cell(at: 5)),
            try Seventh(from: cell(at: 6)),
            try Eighth(from: cell(at: 7)),
            try Ninth(from: cell(at: 8)),
            repeat try next((each others))
        )
    }
}
