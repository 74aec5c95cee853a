"""Who has ever given a file away is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A small index: most never have."""

    dependencies = [
        ('figures', '0007_withdrawn_contests'),
        ('organisations', '0003_watched'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='halfmonthflow',
            index=models.Index(condition=models.Q(('given__gt', 0)), fields=['unit'], name='figures_halfmonthflow_given'),
        ),
    ]
