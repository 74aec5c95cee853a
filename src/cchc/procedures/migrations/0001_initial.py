"""The tables of the catalogue."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='CaseType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.TextField()),
                ('note', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=80)),
                ('official_code', models.CharField(blank=True, max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('search_key', models.CharField(max_length=200)),
                ('vi_key', models.CharField(db_collation='C', max_length=620)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code',), name='procedures_field_code_is_unique'), models.UniqueConstraint(fields=('search_key',), name='procedures_field_name_is_unique'), models.UniqueConstraint(condition=models.Q(('official_code', ''), _negated=True), fields=('official_code',), name='procedures_field_official_code_is_unique'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='procedures_field_is_named')],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='procedures_code_prefix', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('code',), name='procedures_procedure_code_is_unique'), models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='procedures_procedure_has_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('title', models.CharField(max_length=1000)),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('legal_kind', models.CharField(choices=[('detailed', 'TTHC được luật giao quy định chi tiết'), ('not_delegated', 'TTHC không được luật giao cho địa phương quy định'), ('local', 'TTHC do địa phương quy định'), ('other', 'Loại khác')], max_length=20)),
                ('agency', models.TextField(blank=True)),
                ('authority', models.TextField(blank=True)),
                ('service_level', models.CharField(choices=[('full', 'Toàn trình'), ('partial', 'Một phần'), ('info', 'Cung cấp thông tin'), ('unknown', 'Chưa có thông tin')], max_length=20)),
                ('partial_reason', models.CharField(blank=True, choices=[('presence', 'Pháp luật yêu cầu người dân có mặt'), ('verification', 'Pháp luật yêu cầu xác minh tại hiện trường'), ('incident', 'Sự cố kỹ thuật chưa khắc phục được'), ('technical', 'Lý do kỹ thuật khác')], max_length=20)),
                ('subjects', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('register', models.CharField(choices=[('none', 'Không vào sổ'), ('certification', 'Sổ chứng thực'), ('civil_status', 'Sổ hộ tịch')], max_length=20)),
                ('decision', models.CharField(blank=True, max_length=200)),
                ('conditions', models.TextField(blank=True)),
                ('origin', models.TextField()),
                ('confidence', models.CharField(choices=[('high', 'Đã đối chiếu với nguồn công bố'), ('medium', 'Theo hiểu biết chung, cần đối chiếu'), ('low', 'Chưa chắc chắn, phải đối chiếu trước khi dùng'), ('imported', 'Nhập từ tệp công bố, chưa có người rà soát')], max_length=20)),
                ('is_listed', models.BooleanField(default=True)),
                ('digest', models.CharField(max_length=64)),
                ('search_key', models.TextField()),
                ('vi_key', models.TextField(db_collation='C')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.field')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.TextField()),
                ('unit_text', models.CharField(blank=True, max_length=300)),
                ('role_text', models.CharField(blank=True, max_length=300)),
                ('amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=2)),
                ('outcomes', models.JSONField(default=list)),
                ('note', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='procedures.version')),
            ],
        ),
        migrations.CreateModel(
            name='ResultKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('code', models.CharField(blank=True, max_length=40)),
                ('name', models.TextField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='procedures.version')),
            ],
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('title', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_bases', to='procedures.version')),
            ],
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(blank=True, choices=[('counter', 'Trực tiếp'), ('online', 'Trực tuyến'), ('post', 'Dịch vụ bưu chính')], max_length=10)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('fee', 'Phí'), ('charge', 'Lệ phí'), ('open', 'Phí, lệ phí')], max_length=10)),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True)),
                ('absence', models.CharField(blank=True, choices=[('local', 'Do Hội đồng nhân dân cấp tỉnh quyết định'), ('not_published', 'Nguồn không công bố'), ('unreadable', 'Chưa đọc được, chờ người rà soát')], max_length=20)),
                ('per', models.CharField(choices=[('case', 'hồ sơ'), ('page', 'trang'), ('copy', 'bản'), ('person', 'người'), ('item', 'đơn vị tính')], max_length=10)),
                ('per_text', models.CharField(blank=True, max_length=100)),
                ('tiers', models.JSONField(default=list)),
                ('cap', models.PositiveBigIntegerField(blank=True, null=True)),
                ('is_optional', models.BooleanField(default=False)),
                ('raw', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('clause', models.CharField(blank=True, max_length=300)),
                ('case_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='procedures.casetype')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='procedures.version')),
            ],
        ),
        migrations.CreateModel(
            name='ChannelTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('counter', 'Trực tiếp'), ('online', 'Trực tuyến'), ('post', 'Dịch vụ bưu chính')], max_length=10)),
                ('ordinal', models.PositiveSmallIntegerField(default=1)),
                ('amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=2)),
                ('absence', models.CharField(blank=True, choices=[('not_set', 'Không quy định'), ('no_result', 'Không phải trả kết quả'), ('not_published', 'Nguồn không công bố'), ('unreadable', 'Chưa đọc được, chờ người rà soát')], max_length=20)),
                ('raw', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('case_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='channel_terms', to='procedures.casetype')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channel_terms', to='procedures.version')),
            ],
        ),
        migrations.AddField(
            model_name='casetype',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_types', to='procedures.version'),
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('name', models.TextField()),
                ('use', models.CharField(choices=[('submit', 'Nộp'), ('show', 'Xuất trình')], max_length=10)),
                ('is_required', models.BooleanField()),
                ('originals', models.PositiveSmallIntegerField()),
                ('copies', models.PositiveSmallIntegerField()),
                ('form', models.CharField(blank=True, max_length=300)),
                ('replaceable_by', models.CharField(blank=True, max_length=40)),
                ('note', models.TextField(blank=True)),
                ('case_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='procedures.casetype')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case_type', 'ordinal'), name='procedures_paper_one_per_place'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='procedures_paper_is_named')],
            },
        ),
        migrations.AddIndex(
            model_name='version',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='procedures_version_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('procedure', 'number'), name='procedures_version_number_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='procedures_version_numbers_start_at_one'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('origin', ''), _negated=True)), name='procedures_version_has_title_and_origin'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('valid__isempty', False), ('valid__startswith__isnull', False)), name='procedures_version_period_has_a_start'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('levels__len__gte', 1)), name='procedures_version_has_a_level'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('service_level', 'partial'), models.Q(('partial_reason', ''), _negated=True)), models.Q(models.Q(('service_level', 'partial'), _negated=True), ('partial_reason', '')), _connector='OR'), name='procedures_version_partial_service_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('procedure'), '='), (models.F('valid'), '&&')], name='procedures_version_periods_do_not_overlap'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('version', 'ordinal'), name='procedures_step_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('ordinal__gte', 1)), name='procedures_step_is_named_and_placed'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('unit__in', ['wd', 'wh', 'd', 'm'])), models.Q(('amount__isnull', True), ('unit', '')), _connector='OR'), name='procedures_step_time_has_its_unit'),
        ),
        migrations.AddConstraint(
            model_name='resultkind',
            constraint=models.UniqueConstraint(fields=('version', 'ordinal'), name='procedures_resultkind_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='resultkind',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='procedures_resultkind_is_named'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.UniqueConstraint(fields=('version', 'ordinal'), name='procedures_legalbasis_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='procedures_legalbasis_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(fields=('version', 'ordinal'), name='procedures_fee_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('absence', ''), ('amount__isnull', False)), models.Q(('amount__isnull', True), models.Q(('absence', ''), _negated=True)), _connector='OR'), name='procedures_fee_is_an_amount_or_says_why_not'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('tiers', []), ('per', 'page'), _connector='OR'), name='procedures_fee_tiers_are_of_pages'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('cap__isnull', True), ('per', 'page'), _connector='OR'), name='procedures_fee_cap_is_of_pages'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='procedures_fee_is_named'),
        ),
        migrations.AddConstraint(
            model_name='channelterm',
            constraint=models.UniqueConstraint(fields=('version', 'channel', 'case_type', 'ordinal'), name='procedures_channelterm_one_per_place', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='channelterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('absence', ''), ('amount__isnull', False), ('unit__in', ['wd', 'wh', 'd', 'm'])), models.Q(('amount__isnull', True), ('unit', ''), models.Q(('absence', ''), _negated=True)), _connector='OR'), name='procedures_channelterm_is_a_term_or_says_why_not'),
        ),
        migrations.AddConstraint(
            model_name='channelterm',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 1), models.Q(('amount', 0), ('unit', 'wd')), _connector='OR'), name='procedures_channelterm_zero_is_the_same_working_day'),
        ),
        migrations.AddConstraint(
            model_name='casetype',
            constraint=models.UniqueConstraint(fields=('version', 'ordinal'), name='procedures_casetype_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='casetype',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='procedures_casetype_is_named'),
        ),
    ]
