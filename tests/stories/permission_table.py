"""The one table of who reaches what.

Columns: address, method, kind of object, then what each role gets (letters in
permission_walk.py): W window staff, C chief representative, E editor, A approver,
P publisher, D data clerk, U auditor, M administrator, - nobody signed in.

A cell has a letter for each place an object may stand. Of a window's: its own, another of
the same department, another department's, another centre's. Of a centre's: its own, another
centre's. The last letter is what the same role of the other centre gets for "own".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from windows.roles import (
    ADMINISTRATOR,
    APPROVER,
    AUDITOR,
    CHIEF,
    DATA_CLERK,
    EDITOR,
    PUBLISHER,
    WINDOW,
)  # fmt: skip

COLUMNS: Final = (WINDOW, CHIEF, EDITOR, APPROVER, PUBLISHER, DATA_CLERK, AUDITOR, ADMINISTRATOR)

# What an address needs besides the object.
EXTRA: Final[dict[str, dict[str, Any]]] = {
    **{
        f"desk:{name}": {"year": 2026, "month": 2}
        for name in ("month", "news", "visit", "counts", "split", "sheet", "take_sheet")
    },
    "desk:nil": {"year": 2026, "month": 2, "kind": "news"},
    "desk:scratch": {"year": 2026, "month": 2, "kind": "news"},
    "desk:drafts": {"year": 2026, "month": 2, "key": UUID(int=0)},
    "desk:nil_month": {"year": 2026, "month": 2},
    "desk:undo_nil": {"year": 2026, "month": 2, "kind": "news"},
    "desk:move": {"name": "withdraw"},
    "admin:app_list": {"app_label": "bulletin"},
    "admin:stats_monthlyreport_grid": {"year": 2026, "month": 2},
    "admin:stats_monthlyreport_grid_row": {"year": 2026, "month": 2, "place": 0},
    "admin:stats_monthlyreport_grid_sheets": {"year": 2026, "month": 2},
    "admin:stats_monthlyreport_grid_confirm": {"year": 2026, "month": 2},
    "admin:bulletin_submission_move": {"name": "claim"},
    "admin:bulletin_comment_mark": {"deed": "resolve"},
    "admin:bulletin_edition_page": {"number": 1},
    "admin:bulletin_edition_file": {"name": "txt"},
    "admin:bulletin_issue_page": {"number": 1},
    "admin:bulletin_issue_draft": {"name": "txt"},
    "site:edition": {"proof_no": 1},
    "admin:bulletin_issue_number": {"key": "told"},
    "admin:stats_monthlyreport_indicator": {"key": "told"},
    "site:confirm": {"token": "1-0"},
    "site:end": {"token": "1-0"},
    "site:indicator": {"key": "told"},
    "site:indicator_year": {"key": "told"},
    "site:figures": {"extension": "csv"},
    "site:figures_year": {"extension": "csv"},
    "site:correction": {"proof_no": 1},
    "site:item": {"anchor": "s1-1"},
    "site:person": {"name": "方伯成"},
    "site:department": {"name": "商务厅"},
}
# Addresses without a name.
ADDRESSES: Final[dict[str, str]] = {
    "admin/(?P<url>.*)$": "/admin/no-such-page/",
}


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    of: str
    cells: tuple[str, ...]

    @property
    def address(self) -> str:
        """Of a pattern without a name, to be filled in."""
        if "<path:object_id>" in self.name:
            return "/" + self.name.replace("<path:object_id>", "{object_id}")
        return ADDRESSES.get(self.name, "")


def rows() -> Iterator[Row]:
    for line in TABLE.strip().splitlines()[1:]:
        name, method, of, *cells = line.split()
        yield Row(name, method, "" if of == "·" else of.replace("_", " "), tuple(cells))


# ruff: noqa: E501 - a table is read by its columns
TABLE: Final = """
address                                      how  of                 W     C     E     A     P     D     U     M     -
site:front                                   GET  ·                  y     y     y     y     y     y     y     y     y
site:about                                   GET  ·                  y     y     y     y     y     y     y     y     y
site:health                                  GET  ·                  y     y     y     y     y     y     y     y     y
site:icon                                    GET  ·                  y     y     y     y     y     y     y     y     y
site:archive                                 GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:year                                    GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:statistics                              GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:indicator                               GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:indicator_year                          GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:figures                                 GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:figures_year                            GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:issue                                   GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:issue                                   GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:edition                                 GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:edition                                 GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:search_here                             GET  ·                  y     y     y     y     y     y     y     y     y
site:search                                  GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:visits                                  GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:visits_found                            GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:departments                             GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:visits_year                             GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:person                                  GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:department                              GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:item                                    GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:item                                    GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:corrections                             GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:corrections_year                        GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:correction                              GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:verify                                  GET  ·                  y     y     y     y     y     y     y     y     y
site:verify                                  POST ·                  y     y     y     y     y     y     y     y     y
site:subscribe                               GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:subscribe                               POST published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:confirm                                 GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:confirm                                 POST published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:end                                     GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:end                                     POST published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:robots                                  GET  ·                  y     y     y     y     y     y     y     y     y
site:sitemap_index                           GET  ·                  y     y     y     y     y     y     y     y     y
site:data                                    GET  ·                  y     y     y     y     y     y     y     y     y
site:api_index                               GET  ·                  y     y     y     y     y     y     y     y     y
site:api_openapi                             GET  ·                  y     y     y     y     y     y     y     y     y
site:api_publications                        GET  ·                  y     y     y     y     y     y     y     y     y
site:api_issues                              GET  ·                  y     y     y     y     y     y     y     y     y
site:api_items                               GET  ·                  y     y     y     y     y     y     y     y     y
site:api_visits                              GET  ·                  y     y     y     y     y     y     y     y     y
site:api_figures                             GET  ·                  y     y     y     y     y     y     y     y     y
site:feed                                    GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:map                                     GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:sitemap                                 GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:sitemap_of                              GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:api_issue                               GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:api_issue                               GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
site:download                                GET  published          yyy   yyy   yyy   yyy   yyy   yyy   yyy   yyy   yy
site:download                                GET  unpublished        ...   ...   ...   ...   ...   ...   ...   ...   ..
login                                        GET  ·                  y     y     y     y     y     y     y     y     y
login                                        POST ·                  y     y     y     y     y     y     y     y     y
logout                                       POST ·                  l     l     l     l     l     l     l     l     l
password_change                              GET  ·                  y     y     y     y     y     y     y     y     l
password_change                              POST ·                  y     y     y     y     y     y     y     y     l
password_change_done                         GET  ·                  y     y     y     y     y     y     y     y     l
second_factor                                GET  ·                  y     y     y     y     y     y     y     y     l
second_factor                                POST ·                  y     y     y     y     y     y     y     y     l
enrol                                        GET  ·                  y     y     y     y     y     y     y     y     l
enrol                                        POST ·                  y     y     y     y     y     y     y     y     l
mail_choice                                  GET  ·                  y     y     y     y     y     y     y     y     l
mail_choice                                  POST ·                  y     y     y     y     y     y     y     y     l
recovery_codes                               GET  ·                  y     y     y     y     y     y     y     y     l
recovery_codes                               POST ·                  y     y     y     y     y     y     y     y     l
confirm                                      GET  ·                  y     y     y     y     y     y     y     y     l
confirm                                      POST ·                  y     y     y     y     y     y     y     y     l
unsent                                       GET  ·                  y     y     y     y     y     y     y     y     l
unsent                                       POST ·                  y     y     y     y     y     y     y     y     l
home                                         GET  ·                  y     y     y     y     y     y     y     y     l
attachment                                   GET  attachment         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:now                                     GET  ·                  y     y     n     n     n     n     n     n     l
desk:month                                   GET  ·                  y     y     n     n     n     n     n     n     l
desk:news                                    GET  ·                  y     y     n     n     n     n     n     n     l
desk:news                                    POST ·                  y     y     n     n     n     n     n     n     l
desk:visit                                   GET  ·                  y     y     n     n     n     n     n     n     l
desk:visit                                   POST ·                  y     y     n     n     n     n     n     n     l
desk:counts                                  GET  ·                  y     y     n     n     n     n     n     n     l
desk:counts                                  POST ·                  y     y     n     n     n     n     n     n     l
desk:sheet                                   GET  ·                  y     y     n     n     n     n     n     n     l
desk:take_sheet                              POST ·                  y     y     n     n     n     n     n     n     l
desk:nil                                     POST ·                  y     y     n     n     n     n     n     n     l
desk:nil_month                               POST ·                  y     y     n     n     n     n     n     n     l
desk:undo_nil                                POST ·                  y     y     n     n     n     n     n     n     l
desk:submission                              GET  submission         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:submission                              GET  draft              y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:edit                                    GET  submission         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:edit                                    GET  draft              y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:edit                                    POST draft              y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:submitted                               GET  submission         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:move                                    POST submission         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:move                                    POST draft              y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:scratch                                 POST ·                  y     y     n     n     n     n     n     n     l
desk:scratch_of                              POST submission         y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:scratch_of                              POST draft              y.... yy... ..... ..... ..... ..... ..... ..... ....
desk:split                                   POST ·                  y     y     n     n     n     n     n     n     l
desk:drafts                                  GET  ·                  y     y     n     n     n     n     n     n     l
desk:months                                  GET  ·                  y     y     n     n     n     n     n     n     l
desk:directory                               GET  ·                  y     y     n     n     n     n     n     n     l
desk:help                                    GET  ·                  y     y     n     n     n     n     n     n     l
admin:index                                  GET  ·                  l     l     y     y     y     y     y     y     l
admin:login                                  GET  ·                  f     f     y     y     y     y     y     y     l
admin:logout                                 POST ·                  y     y     l     l     l     l     l     l     y
admin:password_change                        GET  ·                  l     l     y     y     y     y     y     y     l
admin:password_change_done                   GET  ·                  l     l     y     y     y     y     y     y     l
admin:autocomplete                           GET  ·                  l     l     f     f     f     f     f     f     l
admin:jsi18n                                 GET  ·                  l     l     y     y     y     y     y     y     l
admin:app_list                               GET  ·                  l     l     y     y     y     y     y     y     l
admin/(?P<url>.*)$                           GET  ·                  l     l     n     n     n     n     n     n     l
admin:bulletin_call_changelist               GET  ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_call_add                      GET  ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_call_add                      POST ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_call_change                   GET  call               ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_call_change                   POST call               ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_call_remind                   POST asked              ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_call_came_in                  GET  commission         ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_call_link                     POST commission         ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_call_unlink                   POST commission         ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_submission_commission         POST submission         ..... ..... yyy.. fff.. fff.. ..... ..... ..... ....
admin:bulletin_submission_commission         POST draft              ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_submission_uncommission       POST submission         ..... ..... yyy.. fff.. fff.. ..... ..... ..... ....
admin:bulletin_submission_uncommission       POST draft              ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_comment_changelist            GET  ·                  l     l     y     y     y     y     f     f     l
admin:bulletin_comment_about                 GET  said_of_submission ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_comment_about                 GET  said_of_draft      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_comment_about                 GET  said_of_issue      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 GET  said_of_entry      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 GET  said_of_edition    ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 GET  said_of_call       ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_comment_about                 GET  said_of_report     ..... ..... yyy.. fff.. fff.. yyy.. fff.. fff.. ....
admin:bulletin_comment_about                 POST said_of_submission ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_comment_about                 POST said_of_draft      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_comment_about                 POST said_of_issue      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 POST said_of_entry      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 POST said_of_edition    ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_about                 POST said_of_call       ...   ...   y..   f..   f..   f..   f..   f..   ..
admin:bulletin_comment_about                 POST said_of_report     ..... ..... yyy.. fff.. fff.. yyy.. fff.. fff.. ....
admin:bulletin_comment_mark                  POST submission_comment ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_comment_mark                  POST draft_comment      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_comment_mark                  POST report_comment     ..... ..... yyy.. fff.. fff.. yyy.. ..... ..... ....
admin:bulletin_comment_mark                  POST issue_comment      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_mark                  POST entry_comment      ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_mark                  POST edition_comment    ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_comment_mark                  POST call_comment       ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_edition_page                  GET  edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_file                  GET  edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_sign                  POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_return                POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_void                  POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_revoke                POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_publish               POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_schedule              POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_unschedule            POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_sheet                 GET  edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_confirm               POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_make_link             POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_rehearsal             GET  edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_correct               POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_abandon               POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_withdraw              POST edition            ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_link                  GET  link               lll   lll   ...   y..   ...   ...   ...   ...   ll
admin:bulletin_edition_link                  POST link               lll   lll   ...   y..   ...   ...   ...   ...   ll
admin:bulletin_edition_revoke_link           POST kept_link          ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_edition_changelist            GET  ·                  l     l     y     y     y     f     f     f     l
admin:bulletin_edition_change                GET  edition_row        ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_submission_edit               POST submission         ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_submission_edit               POST draft              ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_submission_move               POST submission         ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_submission_move               POST draft              ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_submission_presence           POST submission         ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_submission_presence           POST draft              ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_submission_changelist         GET  ·                  l     l     y     y     y     y     f     f     l
admin:bulletin_submission_change             GET  review             ..... ..... yyy.. yyy.. yyy.. ..... ..... ..... ....
admin:bulletin_submission_change             GET  draft_review       ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:bulletin_issue_returned                GET  issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_returned                POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_returned_copy           GET  returned_copy      ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_returned_settle         POST returned_copy      ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_particulars             GET  issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_particulars             POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_number                  GET  issue              ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_issue_template                GET  issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_template                POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_collect                 POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_send                    POST issue              ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_issue_page                    GET  issue              ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_issue_draft                   GET  issue              ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_issue_entry                   GET  entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_entry                   POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_place                   POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_drop                    POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_undo                    POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_acknowledge             POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_restore                 POST aside              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_place_waiting           POST waiting            ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_carry_waiting           POST waiting            ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_carry                   POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_fix                     POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_composed                POST entry              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_merge_with              POST entry_pair         ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_merge                   GET  entry_pair         ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_merge                   POST entry_pair         ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_add_section             POST issue              ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_section                 POST section            ...   ...   y..   f..   f..   ...   ...   ...   ..
admin:bulletin_issue_presence                POST issue              ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_issue_changelist              GET  ·                  l     l     y     y     y     f     f     f     l
admin:bulletin_issue_add                     GET  ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_issue_add                     POST ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_issue_change                  GET  issue_row          ...   ...   y..   y..   y..   ...   ...   ...   ..
admin:bulletin_mail_changelist               GET  ·                  l     l     y     f     f     f     f     f     l
admin:bulletin_publication_changelist        GET  ·                  l     l     f     f     f     f     f     y     l
admin:bulletin_publication_add               GET  ·                  l     l     f     f     f     f     f     y     l
admin:bulletin_publication_add               POST ·                  l     l     f     f     f     f     f     y     l
admin:bulletin_publication_sample            GET  ·                  l     l     f     f     f     f     f     y     l
admin:bulletin_publication_change            GET  publication        ...   ...   f..   f..   f..   f..   f..   y..   ..
admin:bulletin_publication_change            POST publication        ...   ...   f..   f..   f..   f..   f..   y..   ..
admin:bulletin_trail_export                  GET  ·                  l     l     y     f     f     f     y     f     l
admin:bulletin_trail_changelist              GET  ·                  l     l     y     f     f     f     y     f     l
admin:stats_indicator_process_import         POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_indicator_import                 GET  ·                  l     l     f     f     f     y     f     f     l
admin:stats_indicator_import                 POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_indicator_export                 GET  ·                  l     l     y     f     f     y     f     f     l
admin:stats_indicator_export                 POST ·                  l     l     y     f     f     y     f     f     l
admin:stats_indicator_changelist             GET  ·                  l     l     y     f     f     y     f     f     l
admin:stats_indicator_add                    GET  ·                  l     l     f     f     f     y     f     f     l
admin:stats_indicator_add                    POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_indicator_history                GET  indicator          ...   ...   y..   ...   ...   y..   ...   ...   ..
admin:stats_indicator_delete                 GET  indicator          ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:stats_indicator_delete                 POST indicator          ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:stats_indicator_change                 GET  indicator          ...   ...   y..   ...   ...   y..   ...   ...   ..
admin:stats_indicator_change                 POST indicator          ...   ...   ...   ...   ...   y..   ...   ...   ..
admin/stats/indicator/<path:object_id>/      GET  indicator          ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:stats_monthlyreport_process_import     POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_monthlyreport_import             GET  ·                  l     l     f     f     f     y     f     f     l
admin:stats_monthlyreport_import             POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_monthlyreport_export             GET  ·                  l     l     y     f     f     y     f     f     l
admin:stats_monthlyreport_export             POST ·                  l     l     y     f     f     y     f     f     l
admin:stats_monthlyreport_changelist         GET  ·                  l     l     y     f     f     y     f     f     l
admin:stats_monthlyreport_add                GET  ·                  l     l     f     f     f     y     f     f     l
admin:stats_monthlyreport_add                POST ·                  l     l     f     f     f     y     f     f     l
admin:stats_monthlyreport_history            GET  monthlyreport      ..... ..... yyy.. ..... ..... yyy.. ..... ..... ....
admin:stats_monthlyreport_delete             GET  monthlyreport      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:stats_monthlyreport_delete             POST monthlyreport      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:stats_monthlyreport_grid_now           GET  ·                  l     l     y     f     f     y     f     f     l
admin:stats_monthlyreport_grid               GET  centre             ...   ...   y..   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_map                GET  centre             ...   ...   y..   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_indicator          GET  centre             ...   ...   y..   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_grid_row           POST centre             ...   ...   ...   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_grid_sheets        GET  centre             ...   ...   ...   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_grid_confirm       POST centre             ...   ...   ...   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_run                GET  figure_import      ...   ...   ...   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_run                POST figure_import      ...   ...   ...   ...   ...   y..   ...   ...   ..
admin:stats_monthlyreport_restate            GET  monthlyreport      ..... ..... ..... ..... ..... yyy.. ..... ..... ....
admin:stats_monthlyreport_restate            POST monthlyreport      ..... ..... ..... ..... ..... yyy.. ..... ..... ....
admin:stats_monthlyreport_change             GET  monthlyreport      ..... ..... yyy.. ..... ..... yyy.. ..... ..... ....
admin:stats_monthlyreport_change             POST monthlyreport      ..... ..... ..... ..... ..... yyy.. ..... ..... ....
admin/stats/monthlyreport/<path:object_id>/  GET  monthlyreport      ..... ..... ..... ..... ..... ..... ..... ..... ....
admin:auth_user_password_change              GET  user_id            ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:auth_user_password_change              POST user_id            ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_user_changelist                GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_user_add                       GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_user_add                       POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_user_history                   GET  user               ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_user_delete                    GET  user               ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_user_delete                    POST user               ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_user_change                    GET  user               ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_user_change                    POST user               ...   ...   ...   ...   ...   ...   ...   y..   ..
admin/windows/user/<path:object_id>/         GET  user               ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_centre_changelist              GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_centre_add                     GET  ·                  l     l     f     f     f     f     f     f     l
admin:windows_centre_add                     POST ·                  l     l     f     f     f     f     f     f     l
admin:windows_centre_history                 GET  centre             ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_centre_delete                  GET  centre             ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_centre_delete                  POST centre             ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_centre_change                  GET  centre             ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_centre_change                  POST centre             ...   ...   ...   ...   ...   ...   ...   y..   ..
admin/windows/centre/<path:object_id>/       GET  centre             ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_department_process_import      POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_department_import              GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_department_import              POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_department_export              GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_department_export              POST ·                  l     l     y     f     f     y     f     y     l
admin:windows_department_changelist          GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_department_add                 GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_department_add                 POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_department_history             GET  department         ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_department_delete              GET  department         ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_department_delete              POST department         ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_department_change              GET  department         ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_department_change              POST department         ...   ...   ...   ...   ...   ...   ...   y..   ..
admin/windows/department/<path:object_id>/   GET  department         ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_servicewindow_process_import   POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_servicewindow_import           GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_servicewindow_import           POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_servicewindow_export           GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_servicewindow_export           POST ·                  l     l     y     f     f     y     f     y     l
admin:windows_servicewindow_changelist       GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_servicewindow_add              GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_servicewindow_add              POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_servicewindow_history          GET  servicewindow      ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_servicewindow_delete           GET  servicewindow      ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_servicewindow_delete           POST servicewindow      ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_servicewindow_change           GET  servicewindow      ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_servicewindow_change           POST servicewindow      ...   ...   ...   ...   ...   ...   ...   y..   ..
admin/windows/servicewindow/<path:object_id>/ GET  servicewindow      ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_leader_process_import          POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_leader_import                  GET  ·                  l     l     y     f     f     f     f     y     l
admin:windows_leader_import                  POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_leader_export                  GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_leader_export                  POST ·                  l     l     y     f     f     y     f     y     l
admin:windows_leader_changelist              GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_leader_add                     GET  ·                  l     l     y     f     f     f     f     y     l
admin:windows_leader_add                     POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_leader_history                 GET  leader             ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_leader_delete                  GET  leader             ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_leader_delete                  POST leader             ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_leader_change                  GET  leader             ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_leader_change                  POST leader             ...   ...   y..   ...   ...   ...   ...   y..   ..
admin/windows/leader/<path:object_id>/       GET  leader             ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_staff_process_import           POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_import                   GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_import                   POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_export                   GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_export                   POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_changelist               GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_add                      GET  ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_add                      POST ·                  l     l     f     f     f     f     f     y     l
admin:windows_staff_history                  GET  staff              ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_staff_delete                   GET  staff              ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_staff_delete                   POST staff              ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_staff_change                   GET  staff              ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_staff_change                   POST staff              ...   ...   ...   ...   ...   ...   ...   y..   ..
admin/windows/staff/<path:object_id>/        GET  staff              ...   ...   ...   ...   ...   ...   ...   ...   ..
admin:windows_workday_process_import         POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_workday_import                 GET  ·                  l     l     y     f     f     f     f     y     l
admin:windows_workday_import                 POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_workday_export                 GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_workday_export                 POST ·                  l     l     y     f     f     y     f     y     l
admin:windows_workday_changelist             GET  ·                  l     l     y     f     f     y     f     y     l
admin:windows_workday_add                    GET  ·                  l     l     y     f     f     f     f     y     l
admin:windows_workday_add                    POST ·                  l     l     y     f     f     f     f     y     l
admin:windows_workday_history                GET  workday            ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_workday_delete                 GET  workday            ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_workday_delete                 POST workday            ...   ...   ...   ...   ...   ...   ...   y..   ..
admin:windows_workday_change                 GET  workday            ...   ...   y..   ...   ...   y..   ...   y..   ..
admin:windows_workday_change                 POST workday            ...   ...   y..   ...   ...   ...   ...   y..   ..
admin/windows/workday/<path:object_id>/      GET  workday            ...   ...   ...   ...   ...   ...   ...   ...   ..
"""
