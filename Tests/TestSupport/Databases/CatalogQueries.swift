/// What two databases must agree on to have the same schema: a row for each column, constraint, index and table.
enum CatalogQueries {
    static let postgreSQL = [
        """
        SELECT concat_ws(' ', 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'not null' END, 'default', pg_get_expr(d.adbin, d.adrelid), a.attidentity,
            a.attgenerated, a.attcollation::regcollation)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        """,
        """
        SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, contype, condeferrable, convalidated,
            pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        """,
        "SELECT concat_ws(' ', 'index', tablename, indexdef) FROM pg_indexes WHERE schemaname = 'public'",
    ]

    static let mariaDB = [
        """
        SELECT concat_ws(' ', 'table', TABLE_NAME, ENGINE, TABLE_COLLATION, TABLE_COMMENT)
        FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
        """,
        """
        SELECT concat_ws(' ', 'column', TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, 'default',
            COLUMN_DEFAULT, EXTRA, COLLATION_NAME, COLUMN_COMMENT)
        FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
        """,
        """
        SELECT concat_ws(' ', 'index', TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, NON_UNIQUE, COLLATION,
            SUB_PART, INDEX_TYPE, INDEX_COMMENT)
        FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()
        """,
        """
        SELECT concat_ws(' ', 'foreign key', k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA,
            k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, r.UPDATE_RULE)
        FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
        USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_NAME)
        WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_NAME IS NOT NULL
        """,
        """
        SELECT concat_ws(' ', 'check', TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE)
        FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()
        """,
    ]
}
