"""Being in a group is enough to enter the administration; auditors read the record.

Who could enter before still can: nothing is taken from anybody here.
"""

from importlib import import_module

from django.db import migrations

from assessment.migrations._going_back import stop

first = import_module('assessment.migrations.0004_people_and_groups')


def let_groups_in(apps, schema_editor):
    people = apps.get_model('auth', 'User').objects.filter(groups__isnull=False)
    apps.get_model('auth', 'User').objects.filter(pk__in=people.values('pk')).update(is_staff=True)


def let_auditors_read(apps, schema_editor):
    """A group that was deleted stays away."""
    for group in apps.get_model('auth', 'Group').objects.filter(name='Auditor'):
        group.permissions.add(first.permission(apps, 'recordentry', 'view'))


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0030_record_and_sessions'),
    ]

    operations = [
        migrations.RunPython(let_groups_in, migrations.RunPython.noop),
        migrations.RunPython(let_auditors_read, migrations.RunPython.noop),
        stop(),
    ]
