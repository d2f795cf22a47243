"""Reading the condition language: Python's expression grammar, narrowed to comparisons."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, NoReturn

from assessment.instrument.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.issues import Param

LONGEST_CONDITION = 500
DEEPEST_CONDITION = 20

FAMILIES = {
    "level": 2,
    "score": 2,
    "direction": 2,
    "directions": 2,
    "standing": 2,
    "answer": 2,
    "points": 2,
    "profile": 2,
    "unknown": 2,
    "disagreement": 2,
    "gap": 3,
}
"""Families of names, with the number of parts between the dots."""

OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not_in",
}
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

Literal = Fraction | str
Limit = Literal | tuple[Literal, ...]


class ConditionError(ValueError):
    """A text that is no condition: why, and the character (from 0) where it stops being one."""

    def __init__(self, code: str, offset: int, **params: Param) -> None:
        super().__init__(code)
        self.issue = Issue(code, params=params)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name operator limit`; an option of a multi question stands as `answer.X in "option"`."""

    name: str
    operator: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


Node = Comparison | Not | And | Or


@dataclass(frozen=True, slots=True)
class Condition:
    source_text: str
    tree: Node


@dataclass(frozen=True, slots=True)
class Name:
    dotted: str


@lru_cache(maxsize=2000)  # a bank has some 150, and each reading of it parses them all
def parse(text: str) -> Condition:
    """The condition written in `text`; raises ConditionError and nothing else."""
    if len(text) > LONGEST_CONDITION:
        raise ConditionError("condition_too_long", LONGEST_CONDITION, longest=LONGEST_CONDITION)
    for sign in "\\#":
        if sign in text:
            raise ConditionError("condition_sign", text.index(sign), sign=sign)
    reader = Reader(text)
    return Condition(text, reader.node(expression(text), 1))


def expression(text: str) -> ast.expr:
    line = one_line(text)
    if not line.strip():
        raise ConditionError("condition_empty", 0)
    shift = len(line) - len(line.lstrip())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return ast.parse(line.lstrip(), mode="eval").body
    except SyntaxError as error:
        place = shift + error.offset - 1 if error.offset else len(text)
        raise ConditionError("condition_unreadable", min(place, len(text))) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ConditionError("condition_unreadable", 0) from error


def one_line(text: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in text)


class Reader:
    """Turns Python's tree into ours, refusing everything the language does not have."""

    def __init__(self, text: str) -> None:
        line = one_line(text)
        self.bytes = line.lstrip().encode(errors="replace")
        self.shift = len(line) - len(line.lstrip())

    def refuse(self, code: str, at: ast.expr) -> NoReturn:
        raise self.refusal(code, at)

    def refusal(self, code: str, at: ast.expr) -> ConditionError:
        before = self.bytes[: at.col_offset].decode(errors="ignore")
        return ConditionError(code, self.shift + len(before))

    def node(self, at: ast.expr, depth: int) -> Node:
        if depth > DEEPEST_CONDITION:
            self.refuse("condition_too_deep", at)
        if isinstance(at, ast.BoolOp):
            parts = tuple(self.node(value, depth + 1) for value in at.values)
            return And(parts) if isinstance(at.op, ast.And) else Or(parts)
        if isinstance(at, ast.UnaryOp) and isinstance(at.op, ast.Not):
            return Not(self.node(at.operand, depth + 1))
        if isinstance(at, ast.Compare):
            pairs = tuple(self.pairs(at))
            return pairs[0] if len(pairs) == 1 else And(pairs)
        raise self.refusal("no_comparison", at)

    def pairs(self, at: ast.Compare) -> Iterator[Comparison]:
        left = at.left
        for operator, right in zip(at.ops, at.comparators, strict=True):
            yield self.comparison(left, operator, right)
            left = right

    def comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Comparison:
        sign = OPERATORS.get(type(operator))
        if sign is None:
            self.refuse("unknown_operator", left)
        first, second = self.term(left), self.term(right)
        if isinstance(first, Name) and not isinstance(second, Name):
            return self.forward(first, sign, second, right)
        if isinstance(second, Name) and not isinstance(first, Name):
            return self.backward(first, sign, second, left)
        raise self.refusal("not_name_and_value", left)

    def forward(self, name: Name, sign: str, limit: Limit, at: ast.expr) -> Comparison:
        if (sign in {"in", "not_in"}) is not isinstance(limit, tuple):
            self.refuse("list_without_in", at)
        return Comparison(name.dotted, sign, limit)

    def backward(self, limit: Limit, sign: str, name: Name, at: ast.expr) -> Comparison:
        if sign in {"in", "not_in"}:
            if not isinstance(limit, str):
                self.refuse("option_not_quoted", at)
            return Comparison(name.dotted, sign, limit)
        if isinstance(limit, tuple):
            self.refuse("list_without_in", at)
        return Comparison(name.dotted, MIRRORED[sign], limit)

    def term(self, at: ast.expr) -> Name | Limit:
        if isinstance(at, ast.Attribute | ast.Name):
            return self.name(at)
        if isinstance(at, ast.Tuple):
            if not at.elts:
                self.refuse("empty_list", at)
            return tuple(self.literal(item) for item in at.elts)
        return self.literal(at)

    def name(self, at: ast.expr) -> Name:
        parts: list[str] = []
        inner = at
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name) or FAMILIES.get(inner.id) != len(parts) + 1:
            self.refuse("no_name", at)
        return Name(".".join((inner.id, *reversed(parts))))

    def literal(self, at: ast.expr) -> Literal:
        if isinstance(at, ast.Constant) and isinstance(at.value, str):
            return at.value
        if isinstance(at, ast.UnaryOp) and isinstance(at.op, ast.USub):
            return -self.number(at.operand)
        if isinstance(at, ast.BinOp) and isinstance(at.op, ast.Div):
            return self.quotient(at)
        return self.number(at)

    def quotient(self, at: ast.BinOp) -> Fraction:
        over, under = self.number(at.left), self.number(at.right)
        if not under:
            self.refuse("division_by_zero", at)
        return over / under

    def number(self, at: ast.expr) -> Fraction:
        value = at.value if isinstance(at, ast.Constant) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            self.refuse("no_number_or_text", at)
        return Fraction(str(value))
