/// A value as each of the ways that end in logs shows it.
func everyWayToShow(_ value: some Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return ["\(value)", String(describing: value), String(reflecting: value), dumped]
}
