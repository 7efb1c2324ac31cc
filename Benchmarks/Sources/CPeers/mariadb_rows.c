#include "mariadb.h"

static int fetch(struct mariadb_session *session, volatile int64_t *kept) {
    session->parameters[0] = cpeers_people;
    if (mysql_stmt_execute(session->statements[0]) != 0 || mysql_stmt_store_result(session->statements[0]) != 0) {
        return mariadb_failed(session, "execute");
    }
    int64_t count = 0;
    while (mysql_stmt_fetch(session->statements[0]) == 0) {
        if (session->person.visits != 3 * session->person.id) break;
        *kept = session->person.id + mariadb_microseconds(&session->created) + session->person.visits;
        count++;
    }
    mysql_stmt_free_result(session->statements[0]);
    return count == cpeers_people ? 0 : mariadb_failed(session, "wrong rows");
}

int cpeers_mariadb_rows(struct cpeers_address address, double seconds, struct cpeers_tally *tally) {
    static const char statement[] = "SELECT id, name, created, visits FROM people WHERE id <= ?";
    struct mariadb_session session = {0};
    int failed = mariadb_open(&session, address) || mariadb_prepare(&session, 0, statement, 1);
    MYSQL_BIND columns[] = {
        mariadb_id(&session),
        mariadb_text(session.person.name, &session.name_length),
        mariadb_created(&session),
        mariadb_visits(&session),
    };
    failed = failed || mysql_stmt_bind_result(session.statements[0], columns) != 0;
    int64_t kept;
    struct counting counting = counting_begin(tally, seconds);
    int64_t began = counting.start, now = began;
    for (; !failed && counting_goes_on(&counting, now); began = now) {
        failed = fetch(&session, &kept);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_people, began, now);
    }
    mariadb_close(&session);
    return failed;
}
