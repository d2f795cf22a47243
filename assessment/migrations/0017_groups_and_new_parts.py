"""The groups that work on the bank may do with roles, packages and patterns what they do with rules.

The right to the codes of a response was called `view_pattern`, as the right to see a pattern now is: rights are asked
for by their name alone, so it takes another one first.
"""

from importlib import import_module

from django.db import migrations

from assessment.migrations._going_back import stop

first = import_module('assessment.migrations.0004_people_and_groups')
PARTS = ('role', 'package', 'pattern')
GROUPS = {'Content editor': first.WORK, 'Publisher': first.SEE, 'Auditor': first.SEE}


def widen_groups(apps, schema_editor):
    """A group that was deleted stays away."""
    for group in apps.get_model('auth', 'Group').objects.filter(name__in=GROUPS):
        group.permissions.add(*(
            first.permission(apps, model, action) for model in PARTS for action in GROUPS[group.name]
        ))


def rename_right(apps, schema_editor):
    apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label='assessment', content_type__model='response', codename='view_pattern'
    ).update(codename='view_codes')


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0016_edition_two'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='response',
            options={
                'ordering': ['-created_at', '-id'],
                'permissions': [('view_codes', 'Can load the codes a response chose, without names, notes and texts')],
                'verbose_name': 'response',
                'verbose_name_plural': 'responses',
            },
        ),
        migrations.RunPython(rename_right, migrations.RunPython.noop),
        migrations.RunPython(widen_groups, migrations.RunPython.noop),
        stop(),
    ]
