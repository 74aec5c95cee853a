"""The migration operation that makes a table append-only.

The trigger is ENABLE ALWAYS, so neither the owner nor a session in replica mode passes it by accident. Whoever disables it
by hand is found by ``cchc audit verify``, which looks for it.
"""

from django.db.migrations import RunSQL

FUNCTION = "audit_refuse_change"
CREATE_FUNCTION = RunSQL(
    f"""
    CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'Bảng % chỉ được ghi thêm: không sửa, không xóa.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    """,
    f"DROP FUNCTION {FUNCTION}();",
)


def append_only(table: str) -> RunSQL:
    """Return the operation that refuses UPDATE, DELETE and TRUNCATE on ``table``, to its owner too."""
    return RunSQL(
        f"""
        CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}();
        CREATE TRIGGER {table}_table_stays BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_rows_stay;
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_table_stays;
        """,
        f"DROP TRIGGER {table}_rows_stay ON {table}; DROP TRIGGER {table}_table_stays ON {table};",
    )
