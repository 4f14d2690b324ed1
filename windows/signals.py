"""Said when something of a directory or an account was changed: `bulletin` keeps the trail."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

# sender: the model; row, by, action (add, change, delete, reset_password), words: 改姓名、邮箱
row_changed: Final = Signal()

# sender: the User; request, action (proof_failed)
proof_failed: Final = Signal()
