from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class IssuePage(Page):  # type: ignore[misc]  # has no types
    """An issue as an editor would keep it in Wagtail: headings and paragraphs."""

    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())])
    template = "wagtail_site/issue.html"
