"""What a limit can be: a number, a short expression over measures, or a table of bands by one measure."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from simpleeval import DEFAULT_OPERATORS, SimpleEval

_INTERVAL: Final = re.compile(r"([\[(])\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?|inf)\s*([\])])", re.ASCII)
_LENGTH: Final = 200
_ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub)
_OPERATORS: Final = {kind: DEFAULT_OPERATORS[kind] for kind in _ARITHMETIC}


@dataclass(frozen=True)
class Interval:
    """Numbers from `low` to `high`, each end inside or not; `high` None = no upper end."""

    low: Decimal
    high: Decimal | None
    low_inside: bool
    high_inside: bool

    @classmethod
    def parse(cls, text: str) -> Interval:
        """Read "[100, 200]", "(200, 300]" or "(300, inf)". Raises ValueError with the reason.

        >>> Interval.parse("(200, 300]").contains(200.0), Interval.parse("(200, 300]").contains(300.0)
        (False, True)
        >>> Interval.parse("(300, inf)").contains(1e9), str(Interval.parse("[ 0,5)"))
        (True, '[0, 5)')
        """
        found = _INTERVAL.fullmatch(text.strip())
        if not found:
            raise ValueError(f'"{text}" is no interval such as "[100, 200]", "(200, 300]" or "(300, inf)"')
        low = Decimal(found[2])
        high = None if found[3] == "inf" else Decimal(found[3])
        low_inside, high_inside = found[1] == "[", found[4] == "]"
        if high is None and high_inside:
            raise ValueError(f'"{text}" takes infinity inside; write "{found[1]}{low}, inf)"')
        if high is not None and (low > high or (low == high and not (low_inside and high_inside))):
            raise ValueError(f'"{text}" holds no number')
        return cls(low, high, low_inside, high_inside)

    def contains(self, value: float) -> bool:
        """Whether a measured value (at its declared precision) lies in the interval."""
        number = Decimal(repr(value))
        above = number > self.low or (self.low_inside and number == self.low)
        return above and (
            self.high is None or number < self.high or (self.high_inside and number == self.high)
        )

    def __str__(self) -> str:
        left, right = "[" if self.low_inside else "(", "]" if self.high_inside else ")"
        return f"{left}{self.low}, {'inf' if self.high is None else self.high}{right}"


@dataclass(frozen=True)
class Expression:
    """Arithmetic (+ - * / and brackets) over measures, with bounds on its result. No calls."""

    text: str
    names: frozenset[str]
    tree: ast.AST = field(compare=False, repr=False)
    not_less_than: Decimal | None = None
    not_more_than: Decimal | None = None
    rounded_to: Decimal | None = None

    @classmethod
    def parse(
        cls, text: str, low: Decimal | None = None, high: Decimal | None = None, step: Decimal | None = None
    ) -> Expression:
        """Read an expression. Raises ValueError for anything but arithmetic over names and numbers.

        >>> Expression.parse("0.5 * depth - 2").evaluate({"depth": 24.0})
        10.0
        >>> Expression.parse("height / 5", Decimal(3)).evaluate({"height": 10.0})
        3.0
        >>> [Expression.parse("depth / 10", step=Decimal("0.1")).evaluate({"depth": d}) for d in (12.4, 12.5)]
        [1.2, 1.3]
        >>> Expression.parse("open('x')")
        Traceback (most recent call last):
        ValueError: "open('x')" is not arithmetic: Call is not allowed
        """
        if len(text) > _LENGTH:
            raise ValueError(f"an expression has at most {_LENGTH} characters")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ValueError(f'"{text}" is not arithmetic: {error}') from error
        names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Constant):
                if isinstance(node.value, bool) or not isinstance(node.value, int | float):
                    raise ValueError(f'"{text}" is not arithmetic: {node.value!r} is no number')
            elif not isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Load, *_ARITHMETIC)):
                raise ValueError(f'"{text}" is not arithmetic: {type(node).__name__} is not allowed')
        return cls(text.strip(), frozenset(names), tree, low, high, step)

    def evaluate(self, values: Mapping[str, float]) -> float | None:
        """The result within its bounds; None where the arithmetic has none (division by zero, overflow)."""
        try:
            result = float(SimpleEval(_OPERATORS, {}, dict(values)).eval(self.text, self.tree))
        except ArithmeticError:
            return None
        if not math.isfinite(result):
            return None
        if self.rounded_to is not None:  # to the nearest step, half of one up; noise of arithmetic is no half
            step = Decimal(repr(round(result, 9))) / self.rounded_to
            result = float(step.quantize(Decimal(1), ROUND_HALF_UP) * self.rounded_to)
        result = max(result, float(self.not_less_than)) if self.not_less_than is not None else result
        return min(result, float(self.not_more_than)) if self.not_more_than is not None else result


@dataclass(frozen=True)
class Bands:
    """A table of limits by one measure; a value in no band has no law."""

    by: str
    rows: tuple[tuple[Interval, Decimal | Expression], ...]

    def row(self, value: float) -> Decimal | Expression | None:
        """The limit of the band that holds `value`, None where no band does.

        >>> bands = Bands("lot_area", ((Interval.parse("[100, 200]"), Decimal(2)),))
        >>> bands.row(200.0), bands.row(99.999)
        (Decimal('2'), None)
        """
        return next((limit for interval, limit in self.rows if interval.contains(value)), None)


@dataclass(frozen=True)
class AttributeLimit:
    """A limit that the map records with the object itself, such as a monument's greatest height."""

    name: str
    not_more_than: Decimal | None = None


Limit = Decimal | Expression | Bands


def measures_of(limit: Limit) -> frozenset[str]:
    """Names of the measures that must be known before the limit is.

    >>> sorted(measures_of(Bands("storeys", ((Interval.parse("[0, inf)"), Expression.parse("height / 5")),))))
    ['height', 'storeys']
    """
    if isinstance(limit, Bands):
        return frozenset({limit.by, *(name for _, row in limit.rows for name in measures_of(row))})
    return limit.names if isinstance(limit, Expression) else frozenset()
