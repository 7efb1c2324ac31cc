/// How many threads there are and what they do: whom to call when there is work, and who may rest.
///
/// As many threads work at a time as there are processors. One that has been with the same piece of work for too long, in a
/// slow read or waiting for the disk, does not count any more, so that others go on. Each open session may occupy one
/// thread in this way.
///
/// A value without a lock or a thread: `SQLiteThreads` performs what it says.
struct ThreadCrew {
    /// Who is to begin with work that nobody has taken.
    enum Call: Equatable {
        /// Nobody: those who work come to it.
        case nobody
        /// One of those who rest.
        case resting
        /// A new thread.
        case newcomer(id: Int)
    }

    private struct Member {
        enum Activity {
            case absent, resting, working
            /// With one piece of work for too long.
            case stuck
        }

        var activity = Activity.absent
        /// How many pieces of work it has begun.
        var pieces = 0
        /// What `pieces` was when it was last looked at.
        var seenPieces = -1
    }

    /// How many may work at a time.
    let workingLimit: Int
    /// How many sessions are open.
    var sessions = 0
    /// How many threads work, or were called and are on their way.
    private(set) var working = 0
    private(set) var resting = 0
    /// How many of the resting were called.
    private var called = 0
    private(set) var threads = 0
    /// By the id of the thread.
    private var members: [Member] = []

    init(workingLimit: Int) { self.workingLimit = workingLimit }

    /// Asks for somebody who begins with new work.
    mutating func call() -> Call {
        guard working < workingLimit else { return .nobody }
        if resting > called {
            working += 1
            called += 1
            return .resting
        }
        guard threads < sessions + workingLimit else { return .nobody }
        working += 1
        threads += 1
        let id = members.firstIndex { $0.activity == .absent } ?? members.endIndex
        if id == members.endIndex { members.append(Member()) }
        members[id] = Member(activity: .working)
        return .newcomer(id: id)
    }

    /// Notes that the system refused a newcomer's thread.
    mutating func refuse(_ id: Int) {
        members[id].activity = .absent
        working -= 1
        threads -= 1
    }

    /// Whether a thread that is free may take a piece of work; otherwise enough others are working.
    mutating func mayWork(_ id: Int) -> Bool {
        if members[id].activity == .stuck {
            members[id].activity = .working
            working += 1
        }
        return working <= workingLimit
    }

    /// Notes that a thread begins with a piece of work.
    mutating func begin(_ id: Int) { members[id].pieces &+= 1 }

    /// Notes that a thread has nothing to do.
    mutating func rest(_ id: Int) {
        members[id].activity = .resting
        working -= 1
        resting += 1
    }

    /// Lets a resting thread answer a call; returns false when none was made.
    mutating func answer(_ id: Int) -> Bool {
        guard called > 0 else { return false }
        called -= 1
        resting -= 1
        members[id].activity = .working
        return true
    }

    /// Notes that a resting thread ends.
    mutating func leave(_ id: Int) {
        members[id].activity = .absent
        resting -= 1
        threads -= 1
    }

    /// Looks at every thread: who is with the same piece of work as at the last look counts as working no more.
    mutating func look() {
        for id in members.indices where members[id].activity == .working {
            if members[id].pieces == members[id].seenPieces {
                members[id].activity = .stuck
                working -= 1
            } else {
                members[id].seenPieces = members[id].pieces
            }
        }
    }
}
