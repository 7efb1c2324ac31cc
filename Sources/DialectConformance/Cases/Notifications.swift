internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What sessions say to one another.
    static let notifications: [CaseDefinition] = [
        CaseDefinition("notifications.areHeardByThoseWhoListen", needs: [.notifications]) { trial in
            let (listener, speaker) = (try await trial.listeningConnection(), try await trial.listeningConnection())
            let (channel, other) = (trial.name("channel"), trial.name("Channel \"quoted\" 日本"))
            try await listener.listen(on: channel)
            try await listener.listen(on: other)
            let payloads = ["first", "", "it's \"quoted\" \\ 😀", "last"]
            for payload in payloads { try await speaker.notify(channel, payload: payload) }
            try await speaker.notify(other, payload: "other")
            for payload in payloads {
                let heard = try await listener.nextNotification()
                trial.expectEqual(heard, DatabaseNotification(channel: channel, payload: payload), "What is heard")
            }
            let heard = try await listener.nextNotification()
            trial.expectEqual(heard, DatabaseNotification(channel: other, payload: "other"), "What is heard last")
            await trial.expectUsable(listener, after: "listening")
        },
        CaseDefinition("notifications.areKeptWhileStatementsRun", needs: [.notifications]) { trial in
            let (listener, speaker) = (try await trial.listeningConnection(), try await trial.listeningConnection())
            let channel = trial.name("channel")
            try await listener.listen(on: channel)
            for number in 0..<20 {
                try await speaker.notify(channel, payload: "\(number)")
                await trial.expectUsable(listener, after: "something was said")
            }
            for number in 0..<20 {
                trial.expectEqual(try await listener.nextNotification().payload, "\(number)", "What is heard")
            }
        },
        CaseDefinition("notifications.waitForTheCommit", needs: [.notifications]) { trial in
            let (listener, speaker) = (try await trial.listeningConnection(), try await trial.listeningConnection())
            let channel = trial.name("channel")
            try await listener.listen(on: channel)
            try await speaker.begin(.readWrite)
            try await speaker.notify(channel, payload: "rolled back")
            try await speaker.rollBack()
            try await speaker.begin(.readWrite)
            try await speaker.notify(channel, payload: "committed")
            try await speaker.commit()
            trial.expectEqual(try await listener.nextNotification().payload, "committed", "What is heard first")
        },
        CaseDefinition("notifications.endWithTheListening", needs: [.notifications]) { trial in
            let (listener, speaker) = (try await trial.listeningConnection(), try await trial.listeningConnection())
            let (channel, other) = (trial.name("channel"), trial.name("channel"))
            for ending in ["stop", "reset"] {
                try await listener.listen(on: channel)
                if ending == "stop" {
                    try await listener.stopListening(on: channel)
                } else {
                    try await listener.reset()
                }
                try await listener.listen(on: other)
                try await speaker.notify(channel, payload: "unheard")
                try await speaker.notify(other, payload: ending)
                trial.expectEqual(
                    try await listener.nextNotification().payload,
                    ending,
                    "What is heard after \(ending)"
                )
            }
        },
        CaseDefinition("notifications.aCancelledWaitLosesNothing", needs: [.notifications]) { trial in
            let (listener, speaker) = (try await trial.listeningConnection(), try await trial.listeningConnection())
            let channel = trial.name("channel")
            try await listener.listen(on: channel)
            let result = await trial.cancelledDuring { () async throws(DatabaseError) in
                try await listener.nextNotification()
            }
            trial.expectEqual(result.code, .cancelled, "The code of a cancelled wait")
            await trial.expectUsable(listener, after: "a cancelled wait")
            let waiting = Task {
                await outcome { () async throws(DatabaseError) in try await listener.nextNotification().payload }
            }
            await trial.pause()
            try await speaker.notify(channel, payload: "later")
            guard case .success("later") = await waiting.value else {
                return trial.expect(false, "The wait after a cancelled one does not hear what is said.")
            }
        },
        CaseDefinition("features.notificationsAreAbsent", absent: .notifications) { trial in
            let connection = try await trial.connect()
            trial.expect(!(connection is any NotificationListening), "Connections listen; declare 'notifications'.")
        },
    ]
}

extension Trial {
    fileprivate func listeningConnection() async throws -> any NotificationListening {
        try capability((any NotificationListening).self, of: try await connect())
    }
}
