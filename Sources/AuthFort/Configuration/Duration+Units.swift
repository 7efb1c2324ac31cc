/// The units in which lifetimes are usually given.
///
/// The standard library stops at seconds.
extension Duration {
    /// A duration of whole minutes, 60 seconds each.
    public static func minutes(_ minutes: Int) -> Duration { .seconds(60) * minutes }

    /// A duration of whole hours, 3600 seconds each.
    public static func hours(_ hours: Int) -> Duration { .seconds(3600) * hours }

    /// A duration of whole days, 24 hours each, whatever the calendar says.
    public static func days(_ days: Int) -> Duration { .seconds(86_400) * days }
}
