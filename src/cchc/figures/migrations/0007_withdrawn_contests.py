"""Who contested a number may take it back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One verdict more."""

    dependencies = [
        ('figures', '0006_watched_by_month'),
        ('identity', '0003_api_keys'),
        ('organisations', '0003_watched'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contest',
            name='figures_contest_answer_is_whole',
        ),
        migrations.AlterField(
            model_name='contest',
            name='verdict',
            field=models.CharField(blank=True, choices=[('accepted', 'Chấp nhận kiến nghị'), ('rejected', 'Giữ nguyên số liệu'), ('withdrawn', 'Đã rút kiến nghị')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='contest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('verdict', '')), models.Q(('answered_at__gte', models.F('raised_at')), ('answered_by__isnull', False), ('verdict__in', ['accepted', 'rejected', 'withdrawn']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='figures_contest_answer_is_whole'),
        ),
    ]
