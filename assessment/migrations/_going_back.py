"""Every migration ends with `stop`: the last to be applied is the first to be undone."""

from django.db.migrations import RunPython
from django.db.migrations.exceptions import IrreversibleError


def refuse(apps, schema_editor):
    raise IrreversibleError('An upgrade cannot be taken back: restore the backup made before it.')


def stop():
    """The last operation of a migration: going back is refused before anything is lost."""
    return RunPython(RunPython.noop, refuse)
