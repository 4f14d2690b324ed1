"""What the machine lacks for the printed page, told by `manage.py check` and at each start."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Info, Tags, register

from bulletin.typeset import system_fonts


@register(Tags.files)
def faces_named(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fonts of the operator's that are not there stop the start, not a proof."""
    try:
        system_fonts()
    except ValueError as problem:
        return [Error(str(problem), id="bulletin.E001")]
    return []


@register(Tags.files, deploy=True)
def faces_lacking(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if faces_named(app_configs):
        return []
    hint = "install_fonts 可以装上，不需要管理员权限。"
    lacks = system_fonts().substitutions
    return [Info(f"版面的{lack.words}。", hint=hint, id="bulletin.I001") for lack in lacks]
