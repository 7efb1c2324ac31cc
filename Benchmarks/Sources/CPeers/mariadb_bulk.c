#include "mariadb.h"

/// How many rows go to the server at a time.
enum { batch = 1000 };

struct rows {
    int64_t ids[batch];
    char names[batch][64];
    unsigned long name_lengths[batch];
    MYSQL_TIME created[batch];
    int32_t visits[batch];
};

static void fill(struct rows *rows, int64_t first) {
    for (int row = 0; row < batch; row++) {
        int64_t id = first + row, seconds = id * 61;
        rows->ids[row] = id;
        rows->name_lengths[row] =
            (unsigned long)snprintf(rows->names[row], sizeof rows->names[row], "person number %lld", (long long)id);
        // Within the first 27 days of the month, which is all that it takes.
        rows->created[row] = (MYSQL_TIME){
            .year = 2024,
            .month = 1,
            .day = 1 + (unsigned)(seconds / 86400 % 27),
            .hour = (unsigned)(seconds / 3600 % 24),
            .minute = (unsigned)(seconds / 60 % 60),
            .second = (unsigned)(seconds % 60),
            .second_part = (unsigned long)(id % 1000000),
            .time_type = MYSQL_TIMESTAMP_DATETIME,
        };
        rows->visits[row] = (int32_t)(3 * id);
    }
}

static int bind(struct mariadb_session *session, struct rows *rows) {
    // libmariadb takes texts and points in time as arrays of pointers, numbers one after another.
    static char *names[batch];
    static MYSQL_TIME *created[batch];
    for (int row = 0; row < batch; row++) {
        names[row] = rows->names[row];
        created[row] = &rows->created[row];
    }
    MYSQL_BIND columns[] = {
        {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = rows->ids},
        {.buffer_type = MYSQL_TYPE_STRING, .buffer = names, .length = rows->name_lengths},
        {.buffer_type = MYSQL_TYPE_DATETIME, .buffer = created},
        {.buffer_type = MYSQL_TYPE_LONG, .buffer = rows->visits},
    };
    unsigned size = batch;
    mysql_stmt_attr_set(session->statements[0], STMT_ATTR_ARRAY_SIZE, &size);
    return mysql_stmt_bind_param(session->statements[0], columns) != 0 ? mariadb_failed(session, "bind") : 0;
}

static int insert_all(struct mariadb_session *session, struct rows *rows) {
    if (mysql_query(session->connection, "START TRANSACTION")) return mariadb_failed(session, "begin");
    for (int64_t first = 1; first <= cpeers_bulk_rows; first += batch) {
        fill(rows, first);
        if (mysql_stmt_execute(session->statements[0]) != 0) return mariadb_failed(session, "insert");
        if (mysql_stmt_affected_rows(session->statements[0]) != batch) {
            return mariadb_failed(session, "rows are missing");
        }
    }
    return mysql_query(session->connection, "COMMIT") ? mariadb_failed(session, "commit") : 0;
}

int cpeers_mariadb_bulk(struct cpeers_address address, double seconds, struct cpeers_tally *tally) {
    static const char statement[] = "INSERT INTO bulk (id, name, created, visits) VALUES (?, ?, ?, ?)";
    static struct rows rows;
    struct mariadb_session session = {0};
    int failed = mariadb_open(&session, address) || mariadb_prepare(&session, 0, statement, 0) || bind(&session, &rows);
    struct counting counting = counting_begin(tally, seconds);
    int64_t now = counting.start;
    while (!failed && counting_goes_on(&counting, now)) {
        failed = mysql_query(session.connection, "TRUNCATE bulk") ? mariadb_failed(&session, "truncate") : 0;
        int64_t began = nanoseconds_now();
        counting_skip(&counting, now, began);
        failed = failed || insert_all(&session, &rows);
        now = nanoseconds_now();
        counting_add(&counting, 0, cpeers_bulk_rows, began, now);
    }
    mariadb_close(&session);
    return failed;
}
