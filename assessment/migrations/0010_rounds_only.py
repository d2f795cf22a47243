"""What a round holds goes where it stood before, and the constraints of rounds come."""

import assessment.models.responses
import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError


def refuse(apps, schema_editor):
    raise IrreversibleError('Rounds cannot be taken back: restore the backup made before the upgrade.')



class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0009_fill_rounds'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='result',
            name='content',
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='response_submitted_has_result',
        ),
        migrations.RemoveField(
            model_name='response',
            name='demo',
        ),
        migrations.RemoveField(
            model_name='response',
            name='edition',
        ),
        migrations.RemoveField(
            model_name='response',
            name='scheme',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='arrangement',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='intention',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='programmes',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='region',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='stage',
        ),
        migrations.RemoveField(
            model_name='scheme',
            name='stronger',
        ),
        migrations.RemoveConstraint(
            model_name='dimensionscore',
            name='dimension_score_once',
        ),
        migrations.AlterField(
            model_name='result',
            name='content_zlib',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='result',
            name='kind',
            field=models.CharField(choices=[('own', 'of one response'), ('joint', 'of the round'), ('agreed', 'of the round, with agreed answers')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='result',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessment.round', verbose_name='round'),
        ),
        migrations.AlterField(
            model_name='response',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='assessment.round', verbose_name='round'),
        ),
        migrations.AlterField(
            model_name='response',
            name='id',
            field=models.BigAutoField(default=assessment.models.responses.random_key, editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterModelOptions(
            name='response',
            options={'ordering': ['-created_at', '-id'], 'permissions': [('view_pattern', 'Can load the codes a response chose, without names, notes and texts')], 'verbose_name': 'response', 'verbose_name_plural': 'responses'},
        ),
        migrations.AlterModelOptions(
            name='result',
            options={'ordering': ['-created_at', '-id'], 'verbose_name': 'result', 'verbose_name_plural': 'results'},
        ),
        migrations.AddConstraint(
            model_name='dimensionscore',
            constraint=models.UniqueConstraint(fields=('result', 'dimension', 'sector', 'tier'), name='dimension_score_once'),
        ),
        migrations.AddConstraint(
            model_name='dimensionscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden', True), ('high', None), ('level', None), ('low', None), ('score', None), ('sufficient', None)), models.Q(('hidden', False), ('sufficient__isnull', False)), _connector='OR'), name='dimension_score_hidden_is_empty'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['code', 'status'], name='answer_by_question'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['created_at'], name='response_by_start'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['submitted_at'], name='response_by_submission'),
        ),
        migrations.AddIndex(
            model_name='result',
            index=models.Index(fields=['created_at'], name='result_by_day'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('result', None), ('submitted_at__isnull', False), _connector='OR'), name='response_with_result_is_submitted'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'agreed'), ('number__isnull', False)), models.Q(('kind__in', ['own', 'joint']), ('number', None)), _connector='OR'), name='result_agreed_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'joint')), fields=('round',), name='result_joint_once'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'agreed')), fields=('round', 'number'), name='result_agreed_once'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alone', True), ('minimum', None)), models.Q(('alone', False), ('minimum__isnull', False)), _connector='OR'), name='round_of_several_has_a_minimum'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('result__isnull', False), ('state', 'closed')), models.Q(('closed_at', None), ('result', None), ('state__in', ['draft', 'open'])), _connector='OR'), name='round_closed_has_result'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='round_opened_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('questionnaire__in', ['whole', 'short'])), name='round_questionnaire_known'),
        ),
        # The last to be applied is the first to be undone: nothing is lost before it refuses.
        migrations.RunPython(migrations.RunPython.noop, refuse),
    ]
