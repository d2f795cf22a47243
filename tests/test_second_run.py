"""Which tests the second run takes: it may leave out what is asked already, and nothing else."""

from __future__ import annotations

from tests.second_run import Asked, name_of, taken


def asked(*statements: str, seconds: float = 0.1) -> Asked:
    return Asked(frozenset(statements), seconds)


def test_every_statement_is_asked_by_the_quickest_and_none_twice_without_need() -> None:
    records = {
        "tests/models/test_bank.py::test_always": asked("a"),
        "tests/web/test_start.py::test_same_again": asked("a"),
        "tests/web/test_start.py::test_slow": asked("b", "c", seconds=9),
        "tests/web/test_start.py::test_quick": asked("b", "c"),
        "tests/web/test_start.py::test_one_more": asked("c", "d"),
        "tests/web/test_policy.py::test_goes_over_everything": asked("e"),
    }
    new = "tests/web/test_start.py::test_nothing_is_written_down"

    assert taken([*records, new], {}) == {*records, new} - {
        "tests/web/test_policy.py::test_goes_over_everything"
    }
    assert taken([*records, new], records) == {
        "tests/models/test_bank.py::test_always",
        "tests/web/test_start.py::test_quick",
        "tests/web/test_start.py::test_one_more",
        new,
    }


def test_statement_is_the_same_with_other_values_and_another_number_of_them() -> None:
    one = 'SELECT "a" FROM "t" WHERE "b" IN (%s, %s) AND "c" = 1 LIMIT 21'
    other = 'SELECT "a" FROM "t" WHERE "b" IN (%s) AND "c" = 300 LIMIT 2'
    row = 'INSERT INTO "t" ("a", "b") VALUES (%s, %s)'
    rows = 'INSERT INTO "t" ("a", "b") VALUES (?, ?), (?, ?)'
    case = 'UPDATE "t" SET "a" = CASE WHEN 1 THEN 2 END'
    cases = 'UPDATE "t" SET "a" = CASE WHEN 1 THEN 2 WHEN 3 THEN 4 END'

    assert name_of(one) == name_of(other)
    assert name_of(one) != name_of(one.replace('"c" =', '"c" >'))
    assert (name_of(row), name_of(case)) == (name_of(rows), name_of(cases))
    assert name_of('SAVEPOINT "s1_x2"') == ""
