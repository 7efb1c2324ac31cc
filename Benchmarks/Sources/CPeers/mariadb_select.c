#include "mariadb.h"

#include <sys/epoll.h>
#include <unistd.h>

struct peer {
    int epoll;
    struct mariadb_session sessions[most_sessions];
    struct load load;
    int64_t done;
};

/// Reads the row of an executed statement, and gives the session to the task that has waited longest, until a
/// statement has to wait for the server.
static int receive_and_send(struct peer *peer, struct mariadb_session *session, int waits, int code) {
    while (!waits) {
        if (code != 0) return mariadb_failed(session, "execute");
        // The whole result has come with the answer, so this does not wait.
        if (mysql_stmt_store_result(session->statement) != 0) return mariadb_failed(session, "store");
        code = mysql_stmt_fetch(session->statement);
        session->person.active = session->active;
        session->person.created = mariadb_microseconds(&session->created);
        if (code != 0 || session->person.id != session->key) return mariadb_failed(session, "wrong row");
        mysql_stmt_free_result(session->statement);
        peer->done++;
        load_push(&peer->load, session->task);
        session->task = load_pop(&peer->load);
        session->key = peer->load.keys[session->task];
        waits = mysql_stmt_execute_start(&code, session->statement);
    }
    return waits == MYSQL_WAIT_READ ? 0 : mariadb_failed(session, "waits for something else than an answer");
}

static int send_first(struct peer *peer, struct mariadb_session *session) {
    session->task = load_pop(&peer->load);
    session->key = peer->load.keys[session->task];
    int code = 0;
    int waits = mysql_stmt_execute_start(&code, session->statement);
    return receive_and_send(peer, session, waits, code);
}

static int run(struct peer *peer, double seconds, struct cpeers_tally *tally) {
    double start = cpeers_now();
    peer->done = 0;
    do {
        struct epoll_event events[most_sessions];
        int count = epoll_wait(peer->epoll, events, most_sessions, 10000);
        if (count <= 0) return mariadb_failed(&peer->sessions[0], "no answer in 10 s");
        for (int index = 0; index < count; index++) {
            struct mariadb_session *session = events[index].data.ptr;
            int code = 0;
            int waits = mysql_stmt_execute_cont(&code, session->statement, MYSQL_WAIT_READ);
            if (receive_and_send(peer, session, waits, code)) return 1;
        }
        tally->operations = peer->done;
        tally->seconds = cpeers_now() - start;
    } while (tally->seconds < seconds);
    return 0;
}

static int open_session(struct peer *peer, struct mariadb_session *session, struct cpeers_address address) {
    static const char statement[] = "SELECT id, name, email, created, active, visits FROM people WHERE id = ?";
    if (mariadb_open(session, address, statement)) return 1;
    MYSQL_BIND columns[] = {
        mariadb_id(session),
        mariadb_text(session->person.name, &session->name_length),
        mariadb_text(session->person.email, &session->email_length),
        mariadb_created(session),
        {.buffer_type = MYSQL_TYPE_TINY, .buffer = &session->active},
        mariadb_visits(session),
    };
    if (mysql_stmt_bind_result(session->statement, columns) != 0) return mariadb_failed(session, "bind");
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = session}};
    return epoll_ctl(peer->epoll, EPOLL_CTL_ADD, mysql_get_socket(session->connection), &event);
}

int cpeers_mariadb_select(
    struct cpeers_address address, struct cpeers_shape shape, double seconds, struct cpeers_tally *tally
) {
    struct peer *peer = calloc(1, sizeof *peer);
    peer->epoll = epoll_create1(0);
    load_begin(&peer->load, shape.tasks);
    int failed = 0;
    for (int index = 0; index < shape.sessions && !failed; index++) {
        failed = open_session(peer, &peer->sessions[index], address);
    }
    for (int index = 0; index < shape.sessions && !failed; index++) failed = send_first(peer, &peer->sessions[index]);
    failed = failed || run(peer, seconds, tally);
    // A session in the middle of a statement cannot be closed in order; the program ends with it.
    close(peer->epoll);
    return failed;
}
