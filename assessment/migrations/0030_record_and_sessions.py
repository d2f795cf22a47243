"""The record of who did what, and on which browsers an account is signed in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from assessment.migrations._going_back import stop


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0029_organisations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountSession',
            fields=[
                ('key', models.CharField(editable=False, max_length=40, primary_key=True, serialize=False)),
                ('signed_in_at', models.DateTimeField(verbose_name='signed in')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'session of an account',
                'verbose_name_plural': 'sessions of accounts',
                'ordering': ['-signed_in_at', 'key'],
            },
        ),
        migrations.CreateModel(
            name='RecordEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when (UTC)')),
                ('actor', models.PositiveBigIntegerField(db_index=True, null=True, verbose_name='number of the account')),
                ('act', models.CharField(max_length=40, verbose_name='act')),
                ('target_kind', models.CharField(max_length=40, verbose_name='kind of thing')),
                ('target_key', models.CharField(max_length=64, verbose_name='key of the thing')),
                ('details', models.JSONField(default=dict, verbose_name='details')),
            ],
            options={
                'verbose_name': 'entry of the record',
                'verbose_name_plural': 'record',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['act', '-id'], name='record_by_act'), models.Index(fields=['target_kind', 'target_key', '-id'], name='record_by_target')],
            },
        ),
        stop(),
    ]
