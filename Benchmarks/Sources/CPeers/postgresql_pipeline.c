#include "postgresql.h"

#include <sys/epoll.h>
#include <unistd.h>

/// A session in pipeline mode, and the tasks whose statements it runs, in order; -1 stands for a Sync.
struct lane {
    PGconn *connection;
    int expected[2 * cpeers_most_tasks];
    int first;
    int count;
    int statements;
    int has_unsent;
};

struct peer {
    int epoll;
    int lanes_count;
    int batched;
    struct lane lanes[most_sessions];
    struct load load;
    struct person_row kept;
};

static void expect(struct lane *lane, int task) {
    lane->expected[(lane->first + lane->count++) % (2 * cpeers_most_tasks)] = task;
}

static int end_batch(struct lane *lane) {
    if (!PQpipelineSync(lane->connection)) return postgresql_failed(lane->connection, "sync");
    expect(lane, -1);
    lane->has_unsent = 0;
    // At most a statement of each task: that fits the socket's buffer.
    return PQflush(lane->connection) == 0 ? 0 : postgresql_failed(lane->connection, "flush");
}

/// Sends what the tasks want, each on the lane that has least to do.
static int send_all(struct peer *peer) {
    for (int task = load_pop(&peer->load); task >= 0; task = load_pop(&peer->load)) {
        struct lane *lane = &peer->lanes[0];
        for (int index = 1; index < peer->lanes_count; index++) {
            if (peer->lanes[index].statements < lane->statements) lane = &peer->lanes[index];
        }
        if (!postgresql_send(lane->connection, "wanted", 1, peer->load.keys[task])) {
            return postgresql_failed(lane->connection, "send");
        }
        expect(lane, task);
        lane->statements++;
        lane->has_unsent = 1;
        if (!peer->batched && end_batch(lane)) return 1;
    }
    for (int index = 0; index < peer->lanes_count; index++) {
        if (peer->lanes[index].has_unsent && end_batch(&peer->lanes[index])) return 1;
    }
    return 0;
}

/// Reads what came.
static int receive(struct peer *peer, struct lane *lane) {
    if (!PQconsumeInput(lane->connection)) return postgresql_failed(lane->connection, "receive");
    while (lane->count > 0 && !PQisBusy(lane->connection)) {
        int task = lane->expected[lane->first];
        PGresult *result = PQgetResult(lane->connection);
        int ends = result == NULL;
        if (result != NULL) {
            int is_right = task < 0 ? PQresultStatus(result) == PGRES_PIPELINE_SYNC
                                    : postgresql_person(result, peer->load.keys[task], &peer->kept);
            PQclear(result);
            if (!is_right) return postgresql_failed(lane->connection, "wrong row");
            ends = task < 0;
        }
        if (!ends) continue;
        lane->first = (lane->first + 1) % (2 * cpeers_most_tasks);
        lane->count--;
        if (task < 0) continue;
        lane->statements--;
        load_done(&peer->load, task);
    }
    return 0;
}

static int run(struct peer *peer) {
    do {
        if (send_all(peer)) return 1;
        struct epoll_event events[most_sessions];
        int count = epoll_wait(peer->epoll, events, most_sessions, 10000);
        if (count <= 0) return postgresql_failed(NULL, "no answer in 10 s");
        for (int index = 0; index < count; index++) {
            if (receive(peer, events[index].data.ptr)) return 1;
        }
    } while (load_goes_on(&peer->load));
    return 0;
}

int cpeers_postgresql_pipeline(
    const char *url, struct cpeers_shape shape, int batched, struct cpeers_tally *tally
) {
    struct peer *peer = calloc(1, sizeof *peer);
    peer->epoll = epoll_create1(0);
    peer->lanes_count = shape.sessions;
    peer->batched = batched;
    int failed = 0;
    for (int index = 0; index < shape.sessions && !failed; index++) {
        struct lane *lane = &peer->lanes[index];
        lane->connection = postgresql_open(url);
        failed = lane->connection == NULL || postgresql_prepare(lane->connection, "wanted", postgresql_select, 1) ||
                 PQsetnonblocking(lane->connection, 1) != 0 || !PQenterPipelineMode(lane->connection);
        struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = lane}};
        failed = failed || epoll_ctl(peer->epoll, EPOLL_CTL_ADD, PQsocket(lane->connection), &event) != 0;
    }
    if (!failed) {
        load_begin(&peer->load, shape, tally);
        failed = run(peer);
    }
    for (int index = 0; index < shape.sessions; index++) PQfinish(peer->lanes[index].connection);
    close(peer->epoll);
    free(peer);
    return failed;
}
