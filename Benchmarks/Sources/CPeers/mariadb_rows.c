#include "mariadb.h"

static int fetch(struct mariadb_session *session, volatile int64_t *kept, int64_t *rows) {
    session->key = cpeers_people;
    if (mysql_stmt_execute(session->statement) != 0 || mysql_stmt_store_result(session->statement) != 0) {
        return mariadb_failed(session, "execute");
    }
    int64_t count = 0;
    while (mysql_stmt_fetch(session->statement) == 0) {
        *kept = session->person.id + mariadb_microseconds(&session->created) + session->person.visits;
        count++;
    }
    mysql_stmt_free_result(session->statement);
    *rows += count;
    return count == cpeers_people ? 0 : mariadb_failed(session, "wrong rows");
}

int cpeers_mariadb_rows(struct cpeers_address address, double seconds, struct cpeers_tally *tally) {
    static const char statement[] = "SELECT id, name, created, visits FROM people WHERE id <= ?";
    struct mariadb_session session = {0};
    int failed = mariadb_open(&session, address, statement);
    MYSQL_BIND columns[] = {
        mariadb_id(&session),
        mariadb_text(session.person.name, &session.name_length),
        mariadb_created(&session),
        mariadb_visits(&session),
    };
    failed = failed || mysql_stmt_bind_result(session.statement, columns) != 0;
    int64_t kept;
    double start = cpeers_now();
    while (!failed && tally->seconds < seconds) {
        failed = fetch(&session, &kept, &tally->operations);
        tally->seconds = cpeers_now() - start;
    }
    mariadb_close(&session);
    return failed;
}
