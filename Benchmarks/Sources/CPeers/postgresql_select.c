#include "postgresql.h"

#include <sys/epoll.h>
#include <unistd.h>

struct session {
    PGconn *connection;
    int task;
};

struct peer {
    int epoll;
    struct session sessions[most_sessions];
    struct load load;
    struct person_row kept;
};

/// Gives a session to the task that has waited longest.
static int send_next(struct peer *peer, struct session *session) {
    session->task = load_pop(&peer->load);
    if (!postgresql_send(session->connection, peer->load.keys[session->task])) {
        return postgresql_failed(session->connection, "send");
    }
    // A statement of a few bytes always fits the socket's buffer.
    return PQflush(session->connection) == 0 ? 0 : postgresql_failed(session->connection, "flush");
}

/// Reads what came; returns how many statements ended, 0 or 1, and -1 for an error.
static int receive(struct peer *peer, struct session *session) {
    if (!PQconsumeInput(session->connection)) return -postgresql_failed(session->connection, "receive");
    while (!PQisBusy(session->connection)) {
        PGresult *result = PQgetResult(session->connection);
        if (result == NULL) {
            load_push(&peer->load, session->task);
            return send_next(peer, session) == 0 ? 1 : -1;
        }
        int is_right = postgresql_person(result, peer->load.keys[session->task], &peer->kept);
        PQclear(result);
        if (!is_right) return -postgresql_failed(session->connection, "wrong row");
    }
    return 0;
}

static int run(struct peer *peer, double seconds, struct cpeers_tally *tally) {
    double start = cpeers_now();
    do {
        struct epoll_event events[most_sessions];
        int count = epoll_wait(peer->epoll, events, most_sessions, 10000);
        if (count <= 0) return postgresql_failed(NULL, "no answer in 10 s");
        for (int index = 0; index < count; index++) {
            int ended = receive(peer, events[index].data.ptr);
            if (ended < 0) return 1;
            tally->operations += ended;
        }
        tally->seconds = cpeers_now() - start;
    } while (tally->seconds < seconds);
    return 0;
}

int cpeers_postgresql_select(
    const char *url, struct cpeers_shape shape, double seconds, struct cpeers_tally *tally
) {
    struct peer *peer = calloc(1, sizeof *peer);
    peer->epoll = epoll_create1(0);
    load_begin(&peer->load, shape.tasks);
    int failed = 0;
    for (int index = 0; index < shape.sessions && !failed; index++) {
        struct session *session = &peer->sessions[index];
        session->connection = postgresql_open(url, postgresql_select);
        failed = session->connection == NULL || PQsetnonblocking(session->connection, 1) != 0;
        struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = session}};
        failed = failed || epoll_ctl(peer->epoll, EPOLL_CTL_ADD, PQsocket(session->connection), &event) != 0;
    }
    for (int index = 0; index < shape.sessions && !failed; index++) {
        failed = send_next(peer, &peer->sessions[index]);
    }
    failed = failed || run(peer, seconds, tally);
    for (int index = 0; index < shape.sessions; index++) PQfinish(peer->sessions[index].connection);
    close(peer->epoll);
    free(peer);
    return failed;
}
