"""Languages of translators, and the four groups of people who work on the bank."""

import assessment.models.translations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SEE = ('view',)
WORK = ('view', 'add', 'change', 'delete')
PARTS = (
    'region', 'source', 'finding', 'dimension', 'question', 'option', 'case', 'casereading', 'rule', 'rulevariant', 'term',
)
OWN = {
    'translate_every_language': 'Can translate into every language',
    'publish_edition': 'Can publish and withdraw editions',
}
SEE_BANK = {name: SEE for name in (*PARTS, 'edition', 'editionlanguage', 'translation')}
GROUPS = {
    'Content editor': {name: WORK for name in (*PARTS, 'edition', 'editionlanguage')}
    | {'translation': ('view', 'change'), 'translatorlanguage': ('translate_every_language',)},
    'Translator': {'translation': ('view', 'change')}
    | {name: SEE for name in ('edition', 'editionlanguage', 'dimension', 'question', 'option', 'term')},
    'Publisher': SEE_BANK | {'translatorlanguage': ('publish_edition',)},
    'Auditor': SEE_BANK | {name: SEE for name in ('response', 'result', 'dimensionscore')},
}


def make_groups(apps, schema_editor):
    """Permissions come with the signal after migrating, which is too late here: they are made as it makes them."""
    group_rows = apps.get_model('auth', 'Group').objects
    for name, rights in GROUPS.items():
        group, _made = group_rows.get_or_create(name=name)
        group.permissions.add(*(
            permission(apps, model, action) for model, actions in rights.items() for action in actions
        ))


def permission(apps, model, action):
    content_type, _made = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
        app_label='assessment', model=model
    )
    codename = action if action in OWN else f'{action}_{model}'
    words = str(apps.get_model('assessment', model)._meta.verbose_name)
    found, _made = apps.get_model('auth', 'Permission').objects.get_or_create(
        content_type=content_type, codename=codename, defaults={'name': OWN.get(action) or f'Can {action} {words}'}
    )
    return found


def drop_groups(apps, schema_editor):
    apps.get_model('auth', 'Group').objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0003_corrections_and_withdrawal'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TranslatorLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10, validators=[assessment.models.translations.check_language], verbose_name='language')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'language of a translator',
                'verbose_name_plural': 'languages of translators',
                'ordering': ['user', 'language'],
                'permissions': [('translate_every_language', 'Can translate into every language'), ('publish_edition', 'Can publish and withdraw editions')],
                'constraints': [models.UniqueConstraint(fields=('user', 'language'), name='translator_language_once')],
            },
        ),
        migrations.RunPython(make_groups, drop_groups),
    ]
