"""One form on the desk: what it is about, what was written, what is to be done with it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import HttpRequest, QueryDict

from bulletin.handing_in import EDITABLE, Target, own_key, save
from bulletin.handing_in.scratches import Slot, forget, kept
from bulletin.models import Attachment, Commission, Scratch, Submission
from bulletin.uploads.keeping import attach, detach
from bulletin.views.desk.builders import BUILDERS, AnyForm
from bulletin.views.desk.gate import Desk
from windows.models import User

KEEPING: Final = frozenset({"submit", "save", "attach", "detach"})
PARAGRAPH: Final = {"news": "text", "visit": "remarks"}


@dataclass
class Sheet:
    request: HttpRequest
    desk: Desk
    kind: str
    row: Submission | None = None
    commission: Commission | None = None

    @cached_property
    def user(self) -> User:
        user: User = self.request.user  # type: ignore[assignment]  # login_required
        return user

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"

    @cached_property
    def action(self) -> str:
        """What was pressed; `detach:3` names a file, see `dropped`."""
        pressed = self.request.POST.get("action", "preview") if self.posted else ""
        return pressed.partition(":")[0]

    @property
    def dropped(self) -> str:
        return self.request.POST.get("action", "").partition(":")[2]

    @property
    def keeps(self) -> bool:
        return self.action in KEEPING

    @property
    def slot(self) -> Slot:
        return Slot(self.user, self.desk.place, self.kind, self.row)

    @cached_property
    def scratch(self) -> Scratch | None:
        """What was being written here when the person left."""
        return None if self.posted else kept(self.slot)

    @cached_property
    def fields(self) -> QueryDict | None:
        """What was posted, with the number that was offered instead put in its place."""
        if not self.posted:
            return self.scratch.posted if self.scratch else None
        data = self.request.POST.copy()
        key, _colon, number = data.get("correct", "").partition(":")
        if key.isdecimal() and number.isdecimal():
            data[f"value_{key}"] = number
        if self.action == "undo":
            data[PARAGRAPH.get(self.kind, "")] = data.get("typed", "")
            data["keep_typed"] = "on"
        return data

    @cached_property
    def key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.fields.get("key", "") if self.fields is not None else "")
        except ValueError:
            return uuid.uuid4()

    def form(self) -> AnyForm:
        return BUILDERS[self.kind](
            self.fields,
            self.desk.place,
            self.row,
            strict=self.action == "submit",
            extra=1 if self.action == "add" else 0,
        )

    @property
    def version(self) -> str:
        """What the form was made from."""
        if self.fields is not None and "version" in self.fields:
            return str(self.fields["version"])
        return str(self.row.version) if self.row else ""

    def save(self, form: AnyForm) -> Submission:
        """Keep it, files and all, and hand it in when that was asked.

        Raises StaleDraft and MoveRefused as `handing_in.save` does, and Refused for a file:
        then the words are kept as a draft, `row`, all the same.
        """
        slot, submits = self.slot, self.action == "submit"
        row = self._write(form, submit=submits and not self._with_files)
        if self._with_files and row.state in EDITABLE:
            self.row = row
            self._files(row)
            row = self._write(form, submit=True, version=row.version) if submits else row
        forget(slot, str(self.key))
        return row

    @property
    def _with_files(self) -> bool:
        return bool(self.request.FILES.getlist("files")) or self.action == "detach"

    def _files(self, row: Submission) -> None:
        for file in self.request.FILES.getlist("files"):
            attach(row, file, self.user)
        if self.action == "detach" and self.dropped.isdecimal():
            for gone in Attachment.objects.filter(submission=row, pk=int(self.dropped[:18])):
                detach(gone, self.user)

    def _write(self, form: AnyForm, *, submit: bool, version: int | None = None) -> Submission:
        return save(
            self.desk.place,
            form.written(),
            by=self.user,
            target=self._target(version),
            submit=submit,
            answers=self.commission,
        )

    def _target(self, version: int | None) -> Target:
        if self.row is None:
            return Target(key=own_key(self.user, self.desk.window, self.key))
        made_from = self.version
        return Target(
            pk=self.row.pk,
            version=version or (int(made_from) if made_from.isdecimal() else None),
        )
