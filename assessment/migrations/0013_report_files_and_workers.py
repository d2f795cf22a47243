"""Stored PDFs are a cache: the table is made anew, bound to results, and what it held is printed again."""

import django.db.models.deletion
from django.db import migrations, models

from assessment.migrations._going_back import stop


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0012_limits'),
    ]

    operations = [
        migrations.DeleteModel(
            name='ReportFile',
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True)),
                ('seen_at', models.DateTimeField(verbose_name='last seen')),
            ],
            options={
                'verbose_name': 'worker',
                'verbose_name_plural': 'workers',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('printing', 'being printed'), ('ready', 'ready'), ('refused', 'cannot be printed')], default='waiting', max_length=10, verbose_name='state')),
                ('problem', models.CharField(blank=True, choices=[('too_long', 'takes too long'), ('too_large', 'takes too much memory'), ('unprintable', 'holds a character that no font has'), ('unavailable', 'the machine lacks libraries'), ('failed', 'failed several times')], max_length=12, verbose_name='problem')),
                ('requested_at', models.DateTimeField(null=True, verbose_name='asked for')),
                ('queued_at', models.DateTimeField(null=True, verbose_name='queued')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('held_until', models.DateTimeField(null=True)),
                ('key', models.CharField(blank=True, max_length=64)),
                ('content', models.BinaryField(null=True)),
                ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                ('used_on', models.DateField(null=True, verbose_name='last used')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='assessment.result')),
            ],
            options={
                'verbose_name': 'report file',
                'verbose_name_plural': 'report files',
                'ordering': ['requested_at', 'id'],
                'indexes': [models.Index(fields=['state', 'requested_at'], name='report_file_queue'), models.Index(fields=['used_on'], name='report_file_by_use')],
                'constraints': [models.UniqueConstraint(fields=('result', 'language'), name='report_file_once'), models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', False), ('state', 'ready'), ('used_on__isnull', False)), models.Q(models.Q(('state', 'ready'), _negated=True), ('content__isnull', True)), _connector='OR'), name='report_file_ready_has_content'), models.CheckConstraint(condition=models.Q(models.Q(('requested_at__isnull', False), ('state__in', ['waiting', 'printing'])), models.Q(('queued_at', None), ('requested_at', None), ('state__in', ['ready', 'refused'])), _connector='OR'), name='report_file_hours_in_queue_only'), models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('state', 'printing')), models.Q(models.Q(('state', 'printing'), _negated=True), ('held_until__isnull', True)), _connector='OR'), name='report_file_printing_is_held'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('problem', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('problem', '')), _connector='OR'), name='report_file_refused_has_problem')],
            },
        ),
        stop(),
    ]
