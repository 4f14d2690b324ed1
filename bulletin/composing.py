"""The printed paragraph of a submission, written from what the window filled in."""

from __future__ import annotations

import re
from typing import Final

from bulletin.models import NewsItem, Submission
from windows.models import LeaderVisit
from windows.sentences import Visitor, day_label, duty_sentence, lead_sentence, month_label

_DATED: Final = re.compile(r"^\d{1,2}月(\d{1,2}日)?[，,]")


def submission_text(submission: Submission) -> str:
    """Rule 1.1.5, 1.1.8–10: date, subject, then the words. Empty for monthly counts."""
    if submission.news:
        return news_text(submission.news)
    return visit_text(submission.visit) if submission.visit else ""


def news_text(news: NewsItem) -> str:
    """M月D日，subject and text; what the text already begins with is not said twice."""
    text = news.text.strip()
    if _DATED.match(text):
        return closed(text)
    if news.subject and not text.startswith(news.subject):
        text = news.subject + text
    return closed(f"{day_label(news.date)}，{text}" if news.date else text)


def closed(text: str) -> str:
    """A paragraph ends with its mark; one that lost it gets a full stop."""
    return text if not text or text[-1] in "。！？”）…" else text + "。"


def visit_text(visit: LeaderVisit) -> str:
    people = visitors(visit)
    hall = visit.centre.hall_name
    if not people:
        return ""
    if visit.kind == LeaderVisit.Kind.DUTY or visit.date is None:
        return duty_sentence(month_label(visit.month), people, hall)
    return closed(
        lead_sentence(
            visit.date,
            people,
            hall,
            window=visit.window.department.name_on(visit.date) if visit.window else "",
            opening=visit.opening if visit.remarks else "",
            remarks=visit.remarks.strip(),
        )
    )


def visitors(visit: LeaderVisit) -> list[Visitor]:
    return [
        Visitor(row.department_name, row.post, row.name)
        for row in visit.visitors.all()
        if row.name.strip() and row.department_name.strip()
    ]
