"""What a table of moves is made of; a wrong table fails at import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from windows.roles import LABELS

SYSTEM: Final = "system"

Holder = Literal["keep", "take", "release"]


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the state diagram.

    `requires` names further conditions, each a function in `moves.CONDITIONS`;
    `consequence` is what the button says will happen.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    consequence: str
    needs_note: bool = False
    holder: Holder = "keep"
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """A table of moves over labelled states; `subject` names it in permissions and trails."""

    subject: str
    states: dict[str, str]
    initial: str
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"workflow {self.subject}: {problem}")

    def _problems(self) -> Iterator[str]:
        names = [move.name for move in self.moves]
        if len(set(names)) < len(names):
            yield "two moves share a name"
        if self.initial not in self.states:
            yield f"unknown initial state {self.initial}"
        for move in self.moves:
            if unknown := (move.sources | {move.target}) - set(self.states):
                yield f"{move.name} names unknown states {sorted(unknown)}"
            if strangers := move.roles - set(LABELS) - {SYSTEM}:
                yield f"{move.name} names unknown roles {sorted(strangers)}"
            if not move.sources or not move.roles:
                yield f"{move.name} can never be made"
        if lost := set(self.states) - self._reachable():
            yield f"no move leads to {sorted(lost)}"

    def _reachable(self) -> set[str]:
        found = {self.initial}
        while fresh := {m.target for m in self.moves if m.sources & found} - found:
            found |= fresh
        return found

    def move(self, name: str) -> Move:
        """The move of that name. Raises KeyError."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.sources)

    @property
    def permissions(self) -> list[tuple[str, Any]]:
        """Django permission rows, one a move: (codename, name)."""
        return [(self.codename(m), f"{m.label}（{self.subject}）") for m in self.moves]

    def codename(self, move: Move) -> str:
        return f"{move.name}_{self.subject}"


def of(*names: str) -> frozenset[str]:
    return frozenset(names)
