"""Counters of limits; the keys of old starts, which stood as they were sent, are forgotten."""

from django.db import migrations, models

from assessment.migrations._going_back import stop


def forget_keys(apps, schema_editor):
    responses = apps.get_model('assessment', 'Response').objects.using(schema_editor.connection.alias)
    responses.update(key=None)


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0011_standing'),
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
        migrations.RemoveIndex(
            model_name='answer',
            name='answer_by_question',
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['code', 'status', 'response'], name='answer_by_question'),
        ),
        migrations.RunPython(forget_keys, migrations.RunPython.noop),
        stop(),
    ]
