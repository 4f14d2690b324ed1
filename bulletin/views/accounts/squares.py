"""A QR code as one SVG path."""

from __future__ import annotations

import segno


def qr_path(text: str) -> tuple[int, str]:
    """(modules on a side, path of the dark ones), without the quiet zone."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module
    )
    return len(rows), "".join(dark)
