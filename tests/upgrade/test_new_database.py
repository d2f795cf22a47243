"""A new database is made by one migration in place of many: it leaves what the many leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from django.db.migrations.state import ModelState

AT_ONCE = "0001_squashed_0042_facilitator_pack"
LAST = "0042_facilitator_pack"


def models_after(migration: str) -> dict[str, Any]:
    loader = MigrationLoader(None, replace_migrations=False)
    models = loader.project_state(("assessment", migration)).models
    return {model: parts(state) for (app, model), state in models.items() if app == "assessment"}


def parts(state: ModelState) -> dict[str, Any]:
    """Constraints and indexes by their names: their order is another."""
    fields = {name: field.deconstruct()[1:] for name, field in state.fields.items()}
    by_name = {
        kind: {one.name: one.deconstruct() for one in state.options.get(kind, ())}
        for kind in ("constraints", "indexes")
    }
    return {"fields": fields} | state.options | by_name


def test_it_has_the_tables_of_a_migrated_one() -> None:
    assert models_after(AT_ONCE) == models_after(LAST)
