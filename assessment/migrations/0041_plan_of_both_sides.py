import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from assessment.migrations._going_back import stop


class Migration(migrations.Migration):
    """In the plan of several each side has its owner and its money, and changes are recorded."""

    dependencies = [
        ('assessment', '0040_joint_sessions_and_sign_offs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='planline',
            name='evidence',
            field=models.TextField(blank=True, verbose_name='evidence that it was done'),
        ),
        migrations.AlterField(
            model_name='outgoingmail',
            name='kind',
            field=models.CharField(choices=[('account', 'about an account'), ('member_invitation', 'invitation of a member'), ('member_reminder', 'reminder of an invitation'), ('round_invitation', 'invitation to a round'), ('round_reminder', 'reminder of a round'), ('sign_off_request', 'request to sign a result'), ('sign_off_code', 'code that confirms a signature'), ('round_closing', 'a round that closes soon'), ('plan_reminder', 'date of a plan')], max_length=20, verbose_name='kind of message'),
        ),
        migrations.CreateModel(
            name='PlanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('deleted', 'deleted'), ('restored', 'put back')], max_length=8, verbose_name='act')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('fields', models.JSONField(default=dict, verbose_name='fields')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='assessment.planline')),
            ],
            options={
                'verbose_name': 'change of a plan',
                'verbose_name_plural': 'changes of plans',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PlanShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(max_length=20, verbose_name='side')),
                ('owner', models.TextField(blank=True, verbose_name='owner')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('budget', models.TextField(blank=True, verbose_name='budget line')),
                ('amount', models.CharField(blank=True, max_length=60, verbose_name='amount')),
                ('no_budget', models.TextField(blank=True, verbose_name='why there is no budget line')),
                ('language', models.CharField(default='en', editable=False, max_length=10)),
                ('origin', models.CharField(blank=True, editable=False, max_length=300)),
                ('reminded_of', models.DateField(editable=False, null=True)),
                ('reminded_late_of', models.DateField(editable=False, null=True)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='assessment.planline')),
            ],
            options={
                'verbose_name': 'share of a side in a plan',
                'verbose_name_plural': 'shares of the sides in plans',
                'ordering': ['-sector'],
                'constraints': [models.UniqueConstraint(fields=('line', 'sector'), name='plan_share_one_a_side'), models.CheckConstraint(condition=models.Q(('sector__in', ('social_protection', 'agriculture'))), name='plan_share_of_a_side'), models.CheckConstraint(condition=models.Q(models.Q(('amount', ''), ('budget', '')), ('no_budget', ''), _connector='OR'), name='plan_share_budget_or_why_none')],
            },
        ),
        stop(),
    ]
