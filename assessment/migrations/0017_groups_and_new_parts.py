"""The groups that work on the bank may do with roles, packages and patterns what they do with rules."""

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


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0016_edition_two'),
    ]

    operations = [
        migrations.RunPython(widen_groups, migrations.RunPython.noop),
        stop(),
    ]
