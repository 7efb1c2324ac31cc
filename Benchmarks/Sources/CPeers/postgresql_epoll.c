#include "postgresql.h"

#include <sys/epoll.h>
#include <unistd.h>

/// One statement of an operation.
struct step {
    const char *name;
    const char *statement;
    int parameters;
    ExecStatusType expected;
};

/// What a task does on a session before it lets it go.
struct operation {
    int steps_count;
    const struct step *steps;
};

static const struct step select_steps[] = {{"wanted", postgresql_select, 1, PGRES_TUPLES_OK}};

static const struct step transaction_steps[] = {
    {"begin", "BEGIN", 0, PGRES_COMMAND_OK},
    {"insert", "INSERT INTO entries (account, amount) VALUES ($1, $2)", 2, PGRES_COMMAND_OK},
    {"update", "UPDATE accounts SET balance = balance + $2 WHERE id = $1", 2, PGRES_COMMAND_OK},
    {"commit", "COMMIT", 0, PGRES_COMMAND_OK},
};

struct session {
    PGconn *connection;
    int task;
    int step;
};

struct peer {
    int epoll;
    struct operation operation;
    struct session sessions[most_sessions];
    struct load load;
    struct person_row kept;
};

static int send_step(struct peer *peer, struct session *session) {
    const struct step *step = &peer->operation.steps[session->step];
    if (!postgresql_send(session->connection, step->name, step->parameters, peer->load.keys[session->task])) {
        return postgresql_failed(session->connection, "send");
    }
    // A statement of a few bytes always fits the socket's buffer.
    return PQflush(session->connection) == 0 ? 0 : postgresql_failed(session->connection, "flush");
}

/// Gives a session to the task that has waited longest; one without a task stays idle.
static int begin_next(struct peer *peer, struct session *session) {
    session->task = load_pop(&peer->load);
    session->step = 0;
    return session->task < 0 ? 0 : send_step(peer, session);
}

static int is_expected(struct peer *peer, struct session *session, PGresult *result) {
    const struct step *step = &peer->operation.steps[session->step];
    if (PQresultStatus(result) != step->expected) return 0;
    if (step->expected == PGRES_TUPLES_OK) {
        return postgresql_person(result, peer->load.keys[session->task], &peer->kept);
    }
    return step->parameters == 0 || strcmp(PQcmdTuples(result), "1") == 0;
}

/// Reads what came, and goes on to the next statement or the next task.
static int receive(struct peer *peer, struct session *session) {
    if (!PQconsumeInput(session->connection)) return postgresql_failed(session->connection, "receive");
    while (!PQisBusy(session->connection)) {
        PGresult *result = PQgetResult(session->connection);
        if (result == NULL) {
            if (++session->step < peer->operation.steps_count) return send_step(peer, session);
            load_done(&peer->load, session->task);
            return begin_next(peer, session);
        }
        int is_right = is_expected(peer, session, result);
        PQclear(result);
        if (!is_right) return postgresql_failed(session->connection, "wrong result");
    }
    return 0;
}

static int run(struct peer *peer) {
    do {
        struct epoll_event events[most_sessions];
        int count = epoll_wait(peer->epoll, events, most_sessions, 10000);
        if (count <= 0) return postgresql_failed(NULL, "no answer in 10 s");
        for (int index = 0; index < count; index++) {
            if (receive(peer, events[index].data.ptr)) return 1;
        }
    } while (load_goes_on(&peer->load));
    return 0;
}

static int open_session(struct peer *peer, struct session *session, const char *url) {
    session->connection = postgresql_open(url);
    if (session->connection == NULL) return 1;
    for (int index = 0; index < peer->operation.steps_count; index++) {
        const struct step *step = &peer->operation.steps[index];
        if (postgresql_prepare(session->connection, step->name, step->statement, step->parameters)) return 1;
    }
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = session}};
    return PQsetnonblocking(session->connection, 1) ||
           epoll_ctl(peer->epoll, EPOLL_CTL_ADD, PQsocket(session->connection), &event);
}

static int repeat(
    struct operation operation, const char *url, struct cpeers_shape shape, struct cpeers_tally *tally
) {
    struct peer *peer = calloc(1, sizeof *peer);
    peer->epoll = epoll_create1(0);
    peer->operation = operation;
    int failed = 0;
    for (int index = 0; index < shape.sessions && !failed; index++) {
        failed = open_session(peer, &peer->sessions[index], url);
    }
    load_begin(&peer->load, shape, tally);
    for (int index = 0; index < shape.sessions && !failed; index++) failed = begin_next(peer, &peer->sessions[index]);
    failed = failed || run(peer);
    for (int index = 0; index < shape.sessions; index++) PQfinish(peer->sessions[index].connection);
    close(peer->epoll);
    free(peer);
    return failed;
}

int cpeers_postgresql_select(const char *url, struct cpeers_shape shape, struct cpeers_tally *tally) {
    return repeat((struct operation){1, select_steps}, url, shape, tally);
}

int cpeers_postgresql_transaction(const char *url, struct cpeers_shape shape, struct cpeers_tally *tally) {
    return repeat((struct operation){4, transaction_steps}, url, shape, tally);
}

int cpeers_postgresql_version(void) { return PQlibVersion(); }

int cpeers_postgresql_sessions(const char *url, int count) {
    // Left open: the process ends with them.
    for (int index = 0; index < count; index++) {
        PGconn *session = postgresql_open(url);
        if (session == NULL || postgresql_prepare(session, "wanted", postgresql_select, 1)) return 1;
        if (!postgresql_send(session, "wanted", 1, 1)) return postgresql_failed(session, "send");
        struct person_row kept;
        PGresult *result = PQgetResult(session);
        int is_right = postgresql_person(result, 1, &kept);
        PQclear(result);
        PQclear(PQgetResult(session));
        if (!is_right) return postgresql_failed(session, "wrong row");
    }
    return 0;
}
