#include "mariadb.h"

#include <sys/epoll.h>
#include <unistd.h>

/// What a task does on a session before it lets it go.
struct operation {
    int steps_count;
    const char *steps[most_steps];
    int parameters[most_steps];
    /// Whether the one step returns a row.
    int selects;
};

static const struct operation select_person = {
    .steps_count = 1,
    .steps = {"SELECT id, name, email, created, active, visits FROM people WHERE id = ?"},
    .parameters = {1},
    .selects = 1,
};

static const struct operation transaction = {
    .steps_count = 4,
    .steps =
        {"START TRANSACTION", "INSERT INTO entries (account, amount) VALUES (?, ?)",
         "UPDATE accounts SET balance = balance + 1 WHERE id = ?", "COMMIT"},
    .parameters = {0, 2, 1, 0},
};

struct peer {
    int epoll;
    struct operation operation;
    struct mariadb_session sessions[most_sessions];
    struct load load;
};

/// Takes the result of the step that has ended.
static int take_result(struct peer *peer, struct mariadb_session *session) {
    MYSQL_STMT *statement = session->statements[session->step];
    if (!peer->operation.selects) {
        if (peer->operation.parameters[session->step] == 0) return 0;
        return mysql_stmt_affected_rows(statement) == 1 ? 0 : mariadb_failed(session, "not one row");
    }
    // The whole result has come with the answer, so this does not wait.
    if (mysql_stmt_store_result(statement) != 0) return mariadb_failed(session, "store");
    int code = mysql_stmt_fetch(statement);
    session->person.active = session->active;
    session->person.created = mariadb_microseconds(&session->created);
    if (code != 0 || session->person.id != session->parameters[0] ||
        session->person.visits != 3 * session->person.id) {
        return mariadb_failed(session, "wrong row");
    }
    mysql_stmt_free_result(statement);
    return 0;
}

/// Gives a session to the task that has waited longest; false when none waits.
static int take_task(struct peer *peer, struct mariadb_session *session) {
    session->task = load_pop(&peer->load);
    session->step = 0;
    if (session->task < 0) return 0;
    session->parameters[0] = peer->load.keys[session->task];
    return 1;
}

/// Goes from step to step, and from task to task, until a statement has to wait for the server.
static int go_on(struct peer *peer, struct mariadb_session *session, int waits, int code) {
    while (!waits) {
        if (code != 0) return mariadb_failed(session, "execute");
        if (take_result(peer, session)) return 1;
        if (++session->step == peer->operation.steps_count) {
            load_done(&peer->load, session->task);
            if (!take_task(peer, session)) return 0;
        }
        waits = mysql_stmt_execute_start(&code, session->statements[session->step]);
    }
    return waits == MYSQL_WAIT_READ ? 0 : mariadb_failed(session, "waits for something else than an answer");
}

static int begin_first(struct peer *peer, struct mariadb_session *session) {
    if (!take_task(peer, session)) return 0;
    int code = 0;
    int waits = mysql_stmt_execute_start(&code, session->statements[0]);
    return go_on(peer, session, waits, code);
}

static int run(struct peer *peer) {
    do {
        struct epoll_event events[most_sessions];
        int count = epoll_wait(peer->epoll, events, most_sessions, 10000);
        if (count <= 0) return mariadb_failed(&peer->sessions[0], "no answer in 10 s");
        for (int index = 0; index < count; index++) {
            struct mariadb_session *session = events[index].data.ptr;
            int code = 0;
            int waits = mysql_stmt_execute_cont(&code, session->statements[session->step], MYSQL_WAIT_READ);
            if (go_on(peer, session, waits, code)) return 1;
        }
    } while (load_goes_on(&peer->load));
    return 0;
}

static int bind_person(struct mariadb_session *session) {
    MYSQL_BIND columns[] = {
        mariadb_id(session),
        mariadb_text(session->person.name, &session->name_length),
        mariadb_text(session->person.email, &session->email_length),
        mariadb_created(session),
        {.buffer_type = MYSQL_TYPE_TINY, .buffer = &session->active},
        mariadb_visits(session),
    };
    return mysql_stmt_bind_result(session->statements[0], columns) != 0 ? mariadb_failed(session, "bind") : 0;
}

static int open_session(struct peer *peer, struct mariadb_session *session, struct cpeers_address address) {
    const struct operation *operation = &peer->operation;
    if (mariadb_open(session, address)) return 1;
    for (int step = 0; step < operation->steps_count; step++) {
        if (mariadb_prepare(session, step, operation->steps[step], operation->parameters[step])) return 1;
    }
    if (operation->selects && bind_person(session)) return 1;
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = session}};
    return epoll_ctl(peer->epoll, EPOLL_CTL_ADD, mysql_get_socket(session->connection), &event);
}

static int repeat(
    struct operation operation, struct cpeers_address address, struct cpeers_shape shape, struct cpeers_tally *tally
) {
    struct peer *peer = calloc(1, sizeof *peer);
    peer->epoll = epoll_create1(0);
    peer->operation = operation;
    int failed = 0;
    for (int index = 0; index < shape.sessions && !failed; index++) {
        failed = open_session(peer, &peer->sessions[index], address);
    }
    load_begin(&peer->load, shape, tally);
    for (int index = 0; index < shape.sessions && !failed; index++) failed = begin_first(peer, &peer->sessions[index]);
    failed = failed || run(peer);
    // A session in the middle of a statement cannot be closed in order; the program ends with it.
    close(peer->epoll);
    return failed;
}

int cpeers_mariadb_select(struct cpeers_address address, struct cpeers_shape shape, struct cpeers_tally *tally) {
    return repeat(select_person, address, shape, tally);
}

int cpeers_mariadb_transaction(struct cpeers_address address, struct cpeers_shape shape, struct cpeers_tally *tally) {
    return repeat(transaction, address, shape, tally);
}

const char *cpeers_mariadb_version(void) { return mysql_get_client_info(); }
