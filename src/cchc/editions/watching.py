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
