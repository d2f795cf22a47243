"""`python3 manage.py mail_kills` starts it and passes its options."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack

import django

from tools.soak.databases import close_connections, is_postgresql, temporary_database
from tools.soak.output import print_figure, print_figures


def main() -> int:
    parser = argparse.ArgumentParser(prog="mail_kills")
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    with ExitStack() as temporary:
        folder = temporary.enter_context(tempfile.TemporaryDirectory())
        url = os.environ.get("DATABASE_URL", "")
        if is_postgresql(url):
            url = temporary.enter_context(temporary_database(url))
        else:
            url = f"sqlite:///{folder}/mails.sqlite3"
        os.environ |= {
            "ARTICULA_DATA": folder,
            "ARTICULA_ENV": "local",
            "ARTICULA_NO_VENV": "1",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "assessment.settings",
        }
        return kill_workers(options)


def kill_workers(options: argparse.Namespace) -> int:
    django.setup()
    from django.core.management import call_command

    from tools.mail_kills.trial import FAULTS, run_trial

    call_command("migrate", verbosity=0)
    close_connections()
    found = print_figures(
        run_trial(kills=options.kills, seed=options.seed, lease=10, environment={})
    )
    close_connections()
    wrong = any(found[fault] for fault in FAULTS)
    print_figure("verdict", "NOT as it must be" if wrong else "all as it must be")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
