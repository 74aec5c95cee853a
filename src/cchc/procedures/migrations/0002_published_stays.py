"""What was published stays: only the open end of a version's period may be set, once; parts are append-only."""

from django.db import migrations

from cchc.audit.api import append_only

_PARTS = ("casetype", "paper", "channelterm", "fee", "resultkind", "legalbasis", "step")

# Every column but ``valid`` is compared through the row's JSON, so a column added later is guarded too.
_CLOSE_ONLY = """
    CREATE FUNCTION procedures_version_close_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE'
           AND to_jsonb(NEW) - 'valid' = to_jsonb(OLD) - 'valid'
           AND lower(NEW.valid) = lower(OLD.valid)
           AND (NEW.valid = OLD.valid OR (upper_inf(OLD.valid) AND NOT upper_inf(NEW.valid)))
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Phiên bản thủ tục đã công bố thì không sửa, không xóa; chỉ đặt được ngày hết hiệu lực.'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER procedures_version_rows_stay BEFORE UPDATE OR DELETE ON procedures_version
        FOR EACH ROW EXECUTE FUNCTION procedures_version_close_only();
    CREATE TRIGGER procedures_version_table_stays BEFORE TRUNCATE ON procedures_version
        FOR EACH STATEMENT EXECUTE FUNCTION procedures_version_close_only();
    ALTER TABLE procedures_version ENABLE ALWAYS TRIGGER procedures_version_rows_stay;
    ALTER TABLE procedures_version ENABLE ALWAYS TRIGGER procedures_version_table_stays;
"""
_UNDO = """
    DROP TRIGGER procedures_version_rows_stay ON procedures_version;
    DROP TRIGGER procedures_version_table_stays ON procedures_version;
    DROP FUNCTION procedures_version_close_only();
"""


class Migration(migrations.Migration):
    """Adds the guards."""

    dependencies = [("procedures", "0001_initial"), ("audit", "0001_initial")]

    operations = [
        *[append_only(f"procedures_{part}") for part in _PARTS],
        migrations.RunSQL(_CLOSE_ONLY, _UNDO),
    ]
