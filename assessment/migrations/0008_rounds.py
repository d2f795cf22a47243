"""Rounds beside what stands there, and the columns they need, still empty."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0007_horizon_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='question')),
                ('status', models.CharField(choices=[('agreed', 'agreed'), ('not_agreed', 'not agreed')], max_length=14, verbose_name='status')),
                ('value', models.JSONField(blank=True, null=True, verbose_name='value')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ],
            options={
                'verbose_name': 'agreed answer',
                'verbose_name_plural': 'agreed answers',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('created_at', models.DateTimeField(verbose_name='created')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ResultCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('rule', 'rule')], max_length=10, verbose_name='type')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
            ],
            options={
                'verbose_name': 'code of a result',
                'verbose_name_plural': 'codes of results',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('profile', models.JSONField(blank=True, default=dict, verbose_name='profile')),
                ('questionnaire', models.CharField(choices=[('whole', 'whole'), ('short', 'short')], default='whole', max_length=10, verbose_name='questionnaire')),
                ('minimum', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='smallest group shown')),
                ('promise_text', models.TextField(blank=True, verbose_name='promise to respondents')),
                ('promise', models.JSONField(blank=True, default=dict, verbose_name='what is promised')),
                ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('closed', 'closed')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('alone', models.BooleanField(editable=False, verbose_name='one person alone')),
                ('demo', models.BooleanField(default=False, verbose_name='invented example')),
                ('scheme_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='name of the scheme when it closed')),
                ('programmes', models.JSONField(blank=True, default=list, editable=False, verbose_name='programmes when it closed')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='scheme',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='assessment.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='scheme',
            name='areas',
            field=models.JSONField(blank=True, default=list, verbose_name='areas'),
        ),
        migrations.AddField(
            model_name='scheme',
            name='municipality',
            field=models.CharField(blank=True, max_length=200, verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='resultcode',
            name='result',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='assessment.result'),
        ),
        migrations.AddField(
            model_name='round',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='assessment.edition', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='round',
            name='result',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.result'),
        ),
        migrations.AddField(
            model_name='round',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='assessment.scheme', verbose_name='scheme'),
        ),
        migrations.AddField(
            model_name='agreedanswer',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed_answers', to='assessment.round'),
        ),
        migrations.AddField(
            model_name='result',
            name='content_zlib',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='result',
            name='kind',
            field=models.CharField(choices=[('own', 'of one response'), ('joint', 'of the round'), ('agreed', 'of the round, with agreed answers')], null=True, max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='response',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='assessment.round', verbose_name='round'),
        ),
        migrations.AddField(
            model_name='result',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessment.round', verbose_name='round'),
        ),
        migrations.AddField(
            model_name='result',
            name='number',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='hidden',
            field=models.BooleanField(default=False, verbose_name='too few to be shown'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='n',
            field=models.PositiveIntegerField(default=1, verbose_name='people'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='sector',
            field=models.CharField(blank=True, max_length=20, verbose_name='sector'),
        ),
        migrations.AddField(
            model_name='dimensionscore',
            name='tier',
            field=models.CharField(blank=True, max_length=10, verbose_name='tier'),
        ),
        migrations.AlterField(
            model_name='dimensionscore',
            name='sufficient',
            field=models.BooleanField(null=True, verbose_name='sufficient information'),
        ),
        migrations.AddIndex(
            model_name='resultcode',
            index=models.Index(fields=['type', 'code'], name='result_code_by_code'),
        ),
        migrations.AddConstraint(
            model_name='resultcode',
            constraint=models.UniqueConstraint(fields=('result', 'type', 'code'), name='result_code_once'),
        ),
        migrations.AddConstraint(
            model_name='agreedanswer',
            constraint=models.UniqueConstraint(fields=('round', 'code'), name='agreed_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='agreedanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'agreed'), ('value__isnull', False)), models.Q(('status', 'not_agreed'), ('value__isnull', True)), _connector='OR'), name='agreed_answer_has_value_if_agreed'),
        ),
    ]
