"""The migration operations that let a table be watched.

The trigger is ENABLE ALWAYS: what is loaded by a session in replica mode (a restored dump) renews the stamp too. A stamp is random and
never comes back, and a rollback takes it back together with the rows.
"""

from django.db.migrations import RunSQL

CREATE_FUNCTION = RunSQL(
    """
    CREATE FUNCTION editions_renew_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE editions_stamp SET stamp = gen_random_uuid() WHERE "table" = TG_TABLE_NAME;
        RETURN NULL;
    END $$;
    """,
    "DROP FUNCTION editions_renew_stamp();",
)

# A statement changes few months, however many rows; the months are stamped in their order, so that two writers do not wait for each other.
CREATE_MONTH_FUNCTION = RunSQL(
    """
    CREATE FUNCTION editions_renew_months() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        changed text := CASE TG_OP
            WHEN 'INSERT' THEN 'SELECT %1$I AS day FROM came'
            WHEN 'DELETE' THEN 'SELECT %1$I AS day FROM went'
            ELSE 'SELECT %1$I AS day FROM came UNION ALL SELECT %1$I FROM went'
        END;
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            UPDATE editions_month SET stamp = gen_random_uuid() WHERE "table" = TG_TABLE_NAME;
        ELSE
            EXECUTE format(
                'INSERT INTO editions_month ("table", month, stamp)
                 SELECT %2$L, month, gen_random_uuid()
                 FROM (SELECT DISTINCT date_trunc(''month'', day)::date AS month FROM (' || changed || ') changed ORDER BY 1) months
                 ON CONFLICT ("table", month) DO UPDATE SET stamp = excluded.stamp',
                TG_ARGV[0], TG_TABLE_NAME
            );
        END IF;
        RETURN NULL;
    END $$;
    """,
    "DROP FUNCTION editions_renew_months();",
)
_OF_ROWS = {
    "insert": "INSERT ON {table} REFERENCING NEW TABLE AS came",
    "update": "UPDATE ON {table} REFERENCING NEW TABLE AS came OLD TABLE AS went",
    "delete": "DELETE ON {table} REFERENCING OLD TABLE AS went",
    "truncate": "TRUNCATE ON {table}",
}


def watched(table: str, subject: str, *, on: str = "INSERT OR UPDATE OR DELETE OR TRUNCATE") -> RunSQL:
    """Return the operation that renews the stamp of ``table``, a part of ``subject``, with whatever changes it.

    Only for what few do at a time: who changes the table holds its stamp to the end of the transaction. ``on`` names what renews it.
    """
    return RunSQL(
        f"""
        INSERT INTO editions_stamp ("table", subject, stamp) VALUES ('{table}', '{subject}', gen_random_uuid());
        CREATE TRIGGER {table}_renews_stamp AFTER {on} ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION editions_renew_stamp();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_renews_stamp;
        """,  # noqa: S608 (names of tables, from migrations)
        f"DROP TRIGGER {table}_renews_stamp ON {table}; DELETE FROM editions_stamp WHERE \"table\" = '{table}';",  # noqa: S608 (as above)
    )


def watched_by_month(table: str, day: str) -> RunSQL:
    """Return the operation that also renews a stamp for each month of the column ``day`` in which ``table`` changes.

    For tables that grow at their end: what is over stands, whatever happens today. The table must be ``watched`` too.
    """
    names = {how: f"{table}_renews_months_on_{how}" for how in _OF_ROWS}
    made = "".join(
        f"""
        CREATE TRIGGER {names[how]} AFTER {text.format(table=table)}
            FOR EACH STATEMENT EXECUTE FUNCTION editions_renew_months('{day}');
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {names[how]};
        """
        for how, text in _OF_ROWS.items()
    )
    there = f"SELECT DISTINCT '{table}', date_trunc('month', {day})::date FROM {table}"  # noqa: S608 (names of tables, from migrations)
    seeded = f'INSERT INTO editions_month ("table", month, stamp) SELECT *, gen_random_uuid() FROM ({there}) months;'  # noqa: S608 (as above)
    gone = "".join(f"DROP TRIGGER {name} ON {table};" for name in names.values())
    return RunSQL(made + seeded, gone + f"DELETE FROM editions_month WHERE \"table\" = '{table}';")  # noqa: S608 (as above)
