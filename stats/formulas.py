"""Formulas of derived indicators: names, numbers, + − × ÷ and brackets, nothing else.

Read by a parser of its own, never by eval: a formula is typed by the centre's clerk.
Every message is Chinese and meant for the screen.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from stats.intervals import Interval, Number, tidy

MAX_LENGTH: Final = 300
MAX_DEPTH: Final = 20

Operand = Number | Interval

_ASCII: Final = str.maketrans("＋−–－×＊÷／（）", "+---**//()")
_SHOWN: Final = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "(": "（", ")": "）"}
_TOKEN: Final = re.compile(r"(?P<name>[a-z][a-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)|[-+*/()]")
_OPERATIONS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class FormulaError(ValueError):
    """A formula cannot be read or worked out; the message says why, in Chinese."""


class DivisionByZeroError(FormulaError):
    """The formula is right, but its divisor is (or may be) zero this time."""


@dataclass(frozen=True, slots=True)
class Name:
    key: str


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: Expression
    right: Expression


Expression = Fraction | Name | Operation


@lru_cache(maxsize=256)
def parse(formula: str) -> Expression:
    """The formula as a tree. Raises FormulaError."""
    if not formula.strip():
        raise FormulaError("公式是空的。")
    if len(formula) > MAX_LENGTH:
        raise FormulaError(f"公式太长，最多{MAX_LENGTH}个字符。")
    return _Parser(_tokens(formula)).read()


def names(formula: str) -> tuple[str, ...]:
    """The indicator keys a formula uses, in order, each once. Raises FormulaError."""
    parse(formula)
    return tuple(dict.fromkeys(token for token in _tokens(formula) if token[0].isalpha()))


def evaluate(formula: str, values: Mapping[str, Operand]) -> Operand:
    """Work the formula out, exactly; one interval among the values makes the result one.

    Raises FormulaError for an unknown name and DivisionByZeroError.
    """
    try:
        return _value(parse(formula), values)
    except ZeroDivisionError:
        raise DivisionByZeroError(f"公式“{formula.strip()}”的除数为零，无法计算。") from None


def describe(formula: str, labels: Mapping[str, str]) -> str:
    """The formula for the screen: labels for keys, − × ÷ for - * /. Raises FormulaError."""
    parse(formula)
    return "".join(_SHOWN.get(token, labels.get(token, token)) for token in _tokens(formula))


def _tokens(formula: str) -> tuple[str, ...]:
    text = formula.translate(_ASCII)
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = _TOKEN.match(text, place)
        if match is None:
            raise FormulaError(
                f"公式第{place + 1}个字符“{text[place]}”不认识："
                "只能用指标代码、数字、＋－×÷和括号。"
            )
        yield match.group()
        place = match.end()


class _Parser:
    """Recursive descent over the tokens; × and ÷ bind before + and −, left to right."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def read(self) -> Expression:
        tree = self._chain("+-", self._term)
        if self.place < len(self.tokens):
            raise FormulaError(f"公式在“{self.tokens[self.place]}”处读不下去，请检查括号和运算符。")
        return tree

    def _term(self) -> Expression:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: Callable[[], Expression]) -> Expression:
        tree = part()
        while self.place < len(self.tokens) and self.tokens[self.place] in signs:
            sign = self._next()
            tree = Operation(sign, tree, part())
        return tree

    def _factor(self) -> Expression:
        word = self._next()
        if word == "(":
            return self._bracket()
        if word[0].isalpha():
            return Name(word)
        if word[0].isdigit():
            return Fraction(word)
        raise FormulaError(f"公式中“{_SHOWN[word].strip()}”前面缺少指标或数字。")

    def _bracket(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(f"公式的括号太深，最多{MAX_DEPTH}层。")
        tree = self._chain("+-", self._term)
        if self.place >= len(self.tokens) or self._next() != ")":
            raise FormulaError("公式的括号不成对。")
        self.depth -= 1
        return tree

    def _next(self) -> str:
        if self.place >= len(self.tokens):
            raise FormulaError("公式没有写完：末尾缺少指标或数字。")
        self.place += 1
        return self.tokens[self.place - 1]


def _value(tree: Expression, values: Mapping[str, Operand]) -> Operand:
    if isinstance(tree, Fraction):
        return tidy(tree)
    if isinstance(tree, Name):
        if tree.key not in values:
            raise FormulaError(f"公式用到的“{tree.key}”没有数据。")
        return values[tree.key]
    return _apply(tree.sign, _value(tree.left, values), _value(tree.right, values))


def _apply(sign: str, left: Operand, right: Operand) -> Operand:
    if isinstance(left, Interval) or isinstance(right, Interval):
        result: Interval = _OPERATIONS[sign](_interval(left), _interval(right))
        return result
    number: Fraction = _OPERATIONS[sign](Fraction(left), Fraction(right))
    return tidy(number)


def _interval(operand: Operand) -> Interval:
    return operand if isinstance(operand, Interval) else Interval.point(operand)
