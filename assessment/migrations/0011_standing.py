"""How much is known of each dimension beside its score, and which way it points.

Rows of method 1 get what it can tell: what had a level is settled, and its direction is that of the
level. Contents of results stay as they are.
"""
from django.db import migrations, models

from assessment.migrations._going_back import stop

LEVELS = {'low': (0, 1), 'mixed': (2,), 'high': (3, 4)}
"""What method 1 called so."""


def settle(apps, schema_editor):
    scores = apps.get_model('assessment', 'DimensionScore').objects
    for direction, levels in LEVELS.items():
        scores.filter(level__in=levels).update(standing='settled', direction=direction)


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0010_rounds_only'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='dimensionscore',
            name='dimension_score_hidden_is_empty',
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='answered',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='questions answered'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='asked',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='questions asked'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='direction',
            field=models.CharField(blank=True, max_length=10, verbose_name='direction'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='standing',
            field=models.CharField(blank=True, max_length=20, verbose_name='standing'),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='dimensionscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered', None), ('asked', None), ('direction', ''), ('hidden', True), ('high', None), ('level', None), ('low', None), ('score', None), ('standing', ''), ('sufficient', None)), models.Q(('hidden', False), ('sufficient__isnull', False)), _connector='OR'), name='dimension_score_hidden_is_empty'),
        ),
        stop(),
    ]
