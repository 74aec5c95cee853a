"""Cases say who filed them, and results how many working days they took.

Of an old case it is known only that somebody brought it for another. Working days are counted from the spells, by the calendar as it
stands.

The days are numbered for each schedule, so that a span is a difference of two numbers. A make-up day is worked, whatever the schedule says of
its weekday.
"""

from django.db import migrations, models
from django.db.models import Q

FILL = """
    WITH span AS (
        SELECT min((begins AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS first, max((ends AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS last
        FROM cases_spell WHERE ends IS NOT NULL
    ), worked AS (
        SELECT s.code, s.is_default, w.weekday FROM worktime_schedule s JOIN worktime_session w ON w.schedule_id = s.id WHERE w.counts
    ), day AS (
        SELECT s.code, d::date AS day,
               sum(CASE WHEN CASE WHEN c.kind = 'makeup_work' THEN true
                                  WHEN c.kind IS NOT NULL THEN false
                                  ELSE EXISTS (SELECT 1 FROM worked w WHERE w.code = s.code AND w.weekday = EXTRACT(isodow FROM d) - 1) END
                        THEN 1 ELSE 0 END) OVER (PARTITION BY s.code ORDER BY d) AS number
        FROM worktime_schedule s CROSS JOIN span
        CROSS JOIN LATERAL generate_series(span.first::timestamp, span.last::timestamp, interval '1 day') AS d
        LEFT JOIN worktime_calendarday c ON c.day = d::date AND c.withdrawn_at IS NULL
    ), counted AS (
        SELECT s.case_id, sum(b.number - a.number) AS days
        FROM cases_spell s JOIN cases_case c ON c.id = s.case_id LEFT JOIN worktime_clock k ON k.id = c.clock_id
        JOIN day a ON a.code = COALESCE(k.schedule_id, (SELECT code FROM worktime_schedule WHERE is_default))
                  AND a.day = (s.begins AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        JOIN day b ON b.code = a.code AND b.day = (s.ends AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        WHERE s.state = 'running' AND s.ends IS NOT NULL GROUP BY s.case_id
    )
    UPDATE cases_spell s SET working_days = counted.days
    FROM counted WHERE counted.case_id = s.case_id AND s."end" IN ('early', 'on_time', 'extended', 'late')
"""
BROUGHT = """
    UPDATE cases_case SET filed_by = 'agent'
    WHERE EXISTS (SELECT 1 FROM cases_party p WHERE p.case_id = cases_case.id AND p.role = 'submitter')
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_spells_of_old_cases"), ("worktime", "0003_settling")]

    operations = [
        migrations.AddField(model_name="spell", name="working_days", field=models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            model_name="spell",
            constraint=models.CheckConstraint(
                condition=Q(working_days__isnull=True) | Q(end__in=["early", "on_time", "extended", "late"]),
                name="cases_spell_working_days_told_with_the_result",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="filed_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("self", "Tự nộp"),
                    ("helped", "Cán bộ hỗ trợ nộp"),
                    ("agent", "Nộp thay (ủy quyền, đại lý, bưu chính)"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(filed_by__in=["", "self", "helped", "agent"]), name="cases_case_who_filed_is_known"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(BROUGHT, migrations.RunSQL.noop),
    ]
