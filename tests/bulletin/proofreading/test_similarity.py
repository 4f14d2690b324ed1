"""Items told twice are found, within an issue and against earlier ones."""

import json

from bulletin.proofreading.similarity import BLOCK, WARN, duplicates, similarity
from tests.shared import SHARED, needs_shared

NEWS = "2月5日，水务厅窗口组织召开取水许可座谈会，听取企业意见建议。"
AGAIN = "2月5日，水务厅窗口组织召开取水许可座谈会，听取群众意见建议。"
OTHER = "2月7日，林草局在云川市举办业务培训。"


def test_the_same_text_is_wholly_alike_and_another_is_not() -> None:
    assert similarity(NEWS, NEWS) == 1
    assert WARN < similarity(NEWS, AGAIN) < BLOCK
    assert similarity(NEWS, OTHER) < 0.05
    assert similarity("", "") == 0


def test_duplicates_are_found_with_their_severity() -> None:
    found = list(duplicates([NEWS, OTHER, NEWS], earlier=[AGAIN]))
    assert [(pair.first, pair.second, pair.earlier, pair.severity) for pair in found] == [
        (0, 2, False, "block"),
        (0, 0, True, "warn"),
        (2, 0, True, "warn"),
    ]


@needs_shared
def test_a_printed_issue_repeats_nothing() -> None:
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    texts = [item["text"] for section in issue["sections"] for item in section["items"]]
    assert list(duplicates(texts)) == []
