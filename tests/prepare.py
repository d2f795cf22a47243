"""python -m tests.prepare: what the processes of a run would else each make, slowed by coverage."""

from __future__ import annotations

import os
import sys

import django
from django.test.utils import setup_databases, teardown_databases


def main() -> None:
    """The tables that test databases are copied from, and a whole site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
    django.setup()
    from tests.made_site import made_site
    from tests.migrated_once import migrated_once

    with migrated_once():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": False})
    teardown_databases(made, verbosity=0)
    if "--tables-only" not in sys.argv:
        made_site()


if __name__ == "__main__":
    main()
