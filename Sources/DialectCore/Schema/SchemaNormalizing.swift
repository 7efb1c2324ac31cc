/// A dialect that knows in what other words its databases give a schema back, so that schemas can be compared without
/// noise.
///
/// What a dialect need not care for: a constraint without a name equals one with any, a unique index equals a unique
/// constraint of the same columns, and types are compared as the dialect spells them, conditions and expressions as
/// `ComparableSQL`.
public protocol SchemaNormalizing: Dialect {
    /// The table in the words that every description of the same table has in common.
    ///
    /// What the database does not keep is left out, such as the difference between two actions of a foreign key, and
    /// native types, conditions and expressions become what the database prints for them. The result is for comparing
    /// and may be no SQL; it has the columns and constraints of the table, in their order.
    func normalized(_ table: Table) -> Table

    /// The index in the words that every description of the same index has in common.
    func normalized(_ index: Index) -> Index
}
