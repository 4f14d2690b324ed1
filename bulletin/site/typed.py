"""A search as its address has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bulletin.finding.asking import Question

from .looks import Look


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the address: the words as the reader typed them, and the question; whether
    more was typed than is looked for."""

    text: str
    question: Question
    cut: bool = False

    def url(self, look: Look, **changes: Any) -> str:
        """The same search with something else; a new filter begins at the first page."""
        asked = replace(self.question, **{"page": 1, **changes})
        pairs = {
            "q": self.text,
            "year": asked.year,
            "section": asked.section,
            "department": asked.department,
            "person": asked.person,
            "exact": "1" if asked.exact else "",
            "page": asked.page if asked.page > 1 else "",
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        path = reverse("site:search", args=[asked.slug])
        return look.link(f"{path}?{query}" if query else path)
