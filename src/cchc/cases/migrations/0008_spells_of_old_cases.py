"""Cases from before there were spells get theirs, read from the ledgers of their clocks.

Two things a ledger does not say: a file that was rehoused is given wholly to the agency that has it now, and one that is received
and finished by an imported register in the wrong order gets a spell without length.
"""

from django.db import migrations

FILL = """
    WITH ours AS (
        SELECT c.*, k.unit AS limit_unit,
               CASE WHEN c.stage IN ('finished', 'returned') AND c.finished_at IS NOT NULL THEN
                   CASE WHEN c.finished_at >= c.late_from THEN 'late'
                        WHEN c.finished_at >= c.unextended THEN 'extended'
                        WHEN (c.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                             < COALESCE(((c.unextended - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, c.due_date) THEN 'early'
                        ELSE 'on_time' END
                   ELSE 'closed' END AS how
        FROM cases_case c LEFT JOIN worktime_clock k ON k.id = c.clock_id WHERE c.received_at IS NOT NULL
    ), stretch AS (
        SELECT o.id, e.act <> 'paused' AS runs, e.act, e.at AS begins, lead(e.at) OVER w AS ends, lead(e.act) OVER w AS next,
               CASE WHEN e.act = 'paused' THEN NULL
                    WHEN o.limit_unit = 'wh' THEN e.due_at + interval '1 microsecond'
                    ELSE (e.due_date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END AS late_from
        FROM ours o JOIN worktime_clockentry e ON e.clock_id = o.clock_id WINDOW w AS (PARTITION BY e.clock_id ORDER BY e.seq)
        UNION ALL
        SELECT o.id, true, 'started', o.received_at,
               CASE WHEN o.finished_at IS NOT NULL THEN GREATEST(o.finished_at, o.received_at)
                    WHEN o.stage IN ('withdrawn', 'stopped', 'refused') THEN o.since END,
               'finished', o.late_from
        FROM ours o WHERE o.clock_id IS NULL
    )
    INSERT INTO cases_spell (case_id, seq, agency_id, field, procedure, channel, state, start, begins, ends, "end", late_from, late_at, first_kept)
    SELECT o.id, row_number() OVER (PARTITION BY o.id ORDER BY s.begins), o.agency_id, o.field_name, o.procedure_code, o.channel,
           CASE WHEN s.runs THEN 'running' ELSE 'waiting' END,
           CASE WHEN s.act = 'started' THEN 'received' ELSE 'goes_on' END,
           s.begins, s.ends,
           CASE WHEN s.ends IS NULL THEN '' WHEN s.next = 'finished' THEN o.how ELSE 'goes_on' END,
           s.late_from,
           CASE WHEN s.runs AND (s.ends IS NULL OR GREATEST(s.begins, s.late_from) <= s.ends) AND s.late_from IS NOT NULL
                THEN GREATEST(s.begins, s.late_from) END,
           CASE WHEN s.ends IS NOT NULL AND s.next = 'finished' AND o.how <> 'closed'
                THEN COALESCE(s.ends < CASE WHEN o.imported THEN o.late_from ELSE o.first_late_from END, true) END
    FROM stretch s JOIN ours o ON o.id = s.id WHERE s.act <> 'finished'
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_spells"), ("worktime", "0003_settling")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
