"""What the tables cannot say by constraints: append-only ledgers, budgets and schedules that stay, a token of the reference rows."""

from django.db import migrations
from django.db.migrations import RunSQL

from cchc.audit.api import append_only

# A promise is made with a limit and a schedule; changing either behind it would move it quietly.
BUDGET_STAYS = RunSQL(
    """
    CREATE FUNCTION worktime_refuse_clock_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.id, NEW.stream, NEW.amount, NEW.unit, NEW.schedule_id)
            IS NOT DISTINCT FROM (OLD.id, OLD.stream, OLD.amount, OLD.unit, OLD.schedule_id) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Không sửa thời hạn, khung giờ của đồng hồ đã chạy và không xóa đồng hồ.'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER worktime_clock_budget_stays BEFORE UPDATE OR DELETE ON worktime_clock
        FOR EACH ROW EXECUTE FUNCTION worktime_refuse_clock_change();
    CREATE TRIGGER worktime_clock_table_stays BEFORE TRUNCATE ON worktime_clock
        FOR EACH STATEMENT EXECUTE FUNCTION worktime_refuse_clock_change();
    ALTER TABLE worktime_clock ENABLE ALWAYS TRIGGER worktime_clock_budget_stays;
    ALTER TABLE worktime_clock ENABLE ALWAYS TRIGGER worktime_clock_table_stays;
    """,
    """
    DROP TRIGGER worktime_clock_budget_stays ON worktime_clock;
    DROP TRIGGER worktime_clock_table_stays ON worktime_clock;
    DROP FUNCTION worktime_refuse_clock_change();
    """,
)

SCHEDULE_IN_USE_STAYS = RunSQL(
    """
    CREATE FUNCTION worktime_refuse_schedule_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE used_code varchar;
    BEGIN
        IF TG_TABLE_NAME = 'worktime_schedule' THEN
            used_code := OLD.code;
        ELSIF TG_OP = 'INSERT' THEN
            SELECT code INTO used_code FROM worktime_schedule WHERE id = NEW.schedule_id;
        ELSE
            SELECT code INTO used_code FROM worktime_schedule WHERE id = OLD.schedule_id;
        END IF;
        IF EXISTS (SELECT FROM worktime_clock WHERE schedule_id = used_code) THEN
            RAISE EXCEPTION 'Khung giờ % đã dùng để hẹn trả, không sửa được. Hãy lập khung giờ mới.', used_code
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER worktime_session_in_use_stays BEFORE INSERT OR UPDATE OR DELETE ON worktime_session
        FOR EACH ROW EXECUTE FUNCTION worktime_refuse_schedule_change();
    CREATE TRIGGER worktime_schedule_in_use_stays BEFORE UPDATE OF code, result_time, results_on_makeup_days ON worktime_schedule
        FOR EACH ROW EXECUTE FUNCTION worktime_refuse_schedule_change();
    """,
    """
    DROP TRIGGER worktime_session_in_use_stays ON worktime_session;
    DROP TRIGGER worktime_schedule_in_use_stays ON worktime_schedule;
    DROP FUNCTION worktime_refuse_schedule_change();
    """,
)

WATCHED = ("worktime_calendarday", "worktime_calendaryear", "worktime_schedule", "worktime_session", "worktime_setting")
TOKEN = RunSQL(
    """
    INSERT INTO worktime_referenceversion (id, token) VALUES (1, gen_random_uuid());
    CREATE FUNCTION worktime_renew_token() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE worktime_referenceversion SET token = gen_random_uuid() WHERE id = 1;
        RETURN NULL;
    END $$;
    """
    + "".join(
        f"""
    CREATE TRIGGER {table}_renews_token AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION worktime_renew_token();
    """
        for table in WATCHED
    ),
    "".join(f"DROP TRIGGER {table}_renews_token ON {table};\n" for table in WATCHED)
    + "DROP FUNCTION worktime_renew_token(); DELETE FROM worktime_referenceversion;",
)


class Migration(migrations.Migration):
    """Triggers, after the tables."""

    dependencies = [("audit", "0001_initial"), ("worktime", "0001_initial")]

    operations = [append_only("worktime_clockentry"), BUDGET_STAYS, SCHEDULE_IN_USE_STAYS, TOKEN]
