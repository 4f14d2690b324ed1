"""The bulletin as a Wagtail site keeps it: sections of items, files beside them, a menu, a foot.

What the page shows is what ours shows: the same sentences under anchors of their own, contents,
downloads with size and digest, the issues before and after, the entries of the bar and the foot.
"""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page


class ItemBlock(blocks.StructBlock):  # type: ignore[misc]  # has no types
    anchor = blocks.CharBlock()
    label = blocks.CharBlock(required=False)
    text = blocks.RichTextBlock()

    class Meta:
        template = "wagtail_site/item.html"


class SectionBlock(blocks.StructBlock):  # type: ignore[misc]
    anchor = blocks.CharBlock()
    heading = blocks.CharBlock()
    items = blocks.ListBlock(ItemBlock())

    class Meta:
        template = "wagtail_site/section.html"


class RoomPage(Page):  # type: ignore[misc]
    """Archive, statistics and the like: entries of the menu."""


class IssuePage(Page):  # type: ignore[misc]
    number = models.CharField(max_length=40)
    issuer = models.CharField(max_length=100)
    date = models.CharField(max_length=40)
    body = StreamField([("section", SectionBlock())])
    template = "wagtail_site/issue.html"


class IssueFile(Orderable):  # type: ignore[misc]
    page = ParentalKey(IssuePage, on_delete=models.CASCADE, related_name="files")
    label = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)


@register_setting
class Imprint(BaseSiteSetting):  # type: ignore[misc]
    """The foot of every page, a line each: 地址：……"""

    owner = models.CharField(max_length=100)
    lines = models.TextField(blank=True)
