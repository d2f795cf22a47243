"""Counters of limits; the keys of old starts, which stood as they were sent, are forgotten."""

import secrets

from django.db import migrations, models


def forget_keys(apps, schema_editor):
    responses = apps.get_model('assessment', 'Response').objects.using(schema_editor.connection.alias)
    responses.update(key=None)


def give_any_keys(apps, schema_editor):
    """Going back, every row needs one that is its own."""
    responses = apps.get_model('assessment', 'Response').objects.using(schema_editor.connection.alias)
    for pk in responses.filter(key=None).values_list('pk', flat=True):
        responses.filter(pk=pk).update(key=secrets.token_urlsafe(24))


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0010_rounds_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('key', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['ends_at'],
                'indexes': [models.Index(fields=['ends_at'], name='counter_by_end')],
            },
        ),
        migrations.AlterField(
            model_name='response',
            name='key',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(condition=models.Q(('alone', False)), fields=['edition'], name='round_of_several'),
        ),
        migrations.RunPython(forget_keys, give_any_keys),
    ]
