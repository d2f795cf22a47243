"""Of each session the database keeps the hash of its key: who is signed in stays so."""

import hashlib

from django.db import migrations

from assessment.migrations._going_back import stop


def hash_keys(apps, schema_editor):
    """As `web/sessions.py: stored_key` does at this version."""
    rows = apps.get_model('sessions', 'Session').objects.using(schema_editor.connection.alias)
    for key in list(rows.values_list('session_key', flat=True)):
        stored = hashlib.sha256(key.encode()).hexdigest()[:40]
        rows.filter(session_key=key).update(session_key=stored)


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0014_answer_status_labels'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(hash_keys, migrations.RunPython.noop),
        stop(),
    ]
