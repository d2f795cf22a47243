"""A right of its own to the anonymous pattern of a response; content editors have it."""

from django.db import migrations

NAME = 'Can load the codes a response chose, without names, notes and texts'


def give(apps, schema_editor):
    """Permissions come with the signal after migrating, which is too late here: it is made as it makes it."""
    content_type, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
        app_label='assessment', model='response'
    )
    permission, _made = apps.get_model('auth', 'Permission').objects.get_or_create(
        content_type=content_type, codename='view_pattern', defaults={'name': NAME}
    )
    for group in apps.get_model('auth', 'Group').objects.filter(name='Content editor'):
        group.permissions.add(permission)


def take(apps, schema_editor):
    apps.get_model('auth', 'Permission').objects.filter(
        content_type__app_label='assessment', codename='view_pattern'
    ).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0005_correction_language'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='response',
            options={
                'ordering': ['-id'],
                'permissions': [('view_pattern', NAME)],
                'verbose_name': 'response',
                'verbose_name_plural': 'responses',
            },
        ),
        migrations.RunPython(give, take),
    ]
