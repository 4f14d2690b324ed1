"""What one address reads is read once for all the looks it is drawn in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_READ: Final[ContextVar[dict[Any, Any] | None]] = ContextVar("read", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Inside, queries marked `shared` are made once; never longer than one address."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def shared(read: Callable[P, R]) -> Callable[P, R]:
    """For a query whose arguments are hashable and whose answer nobody changes."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _READ.get()
        if known is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = read(*args, **kwargs)
        answer: R = known[key]
        return answer

    return reading
