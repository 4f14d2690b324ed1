"""Many different pages in the tree, and a reader of them all."""

from __future__ import annotations

import http.client
from pathlib import Path

from bulletin.baked import switching, tree
from bulletin.baked.store import Store
from bulletin.baked.tree import Entry

from .load import Server


def read_many(app: Server, root: Path, many: int) -> None:
    """Publish `many` pages of 25 KB beside the site and read each once."""
    store = Store(root)
    held = switching.current(store)
    changes: dict[tuple[str, ...], Entry | None] = {
        ("plain", "many", str(n // 100), str(n), "index.html"): Entry(
            tree.FILE, store.keep(f"{n} 政务".encode() * 1500, packed=True)
        )
        for n in range(many)
    }
    grown = tree.graft(store, held.name if held else "", changes)
    switching.switch(store, lambda: (1_000_000, grown))
    connection = http.client.HTTPConnection("127.0.0.1", app.port)
    for n in range(many):
        connection.request("GET", f"/many/{n // 100}/{n}/")
        connection.getresponse().read()
    connection.close()
