"""Every kind of public page that is baked: one row each.

A new page is a module beside this one, a row here and a line in `views/site/urls.py`
with the same name. What depends on the reader's words (search, verification) has a
view of its own there and no row here.
"""

from __future__ import annotations

from typing import Final

from .about import about
from .archive import archive
from .corrections import corrected, correction, corrections
from .departments import department, departments
from .downloads import download, files
from .feeds import feed
from .front import front
from .issues import edition, issue
from .items import item
from .pages import Page
from .places import archives, editions, issues, nowhere, once, years
from .sitemaps import map_page, robots, sitemap, sitemap_index
from .statistics.open_data import figures
from .statistics.page import statistics
from .statistics.places import exports, indicator_years, indicators
from .visits import person, visit_years, visits

_ROWS: Final = (
    Page("front", front, once),
    Page("about", about, once),
    Page("archive", archive, archives),
    Page("year", archive, years),
    Page("statistics", statistics, archives),
    Page("indicator", statistics, indicators),
    Page("indicator_year", statistics, indicator_years),
    Page("figures", figures, exports, looked=False),
    Page("issue", issue, issues),
    Page("edition", edition, editions),
    Page("download", download, files, looked=False),
    Page("correction", correction, corrected),
    Page("corrections", corrections, archives),
    Page("map", map_page, archives),
    Page("feed", feed, archives, looked=False),
    Page("sitemap_index", sitemap_index, once, looked=False),
    Page("sitemap", sitemap, years, looked=False),
    Page("robots", robots, once, looked=False),
    Page("item", item, nowhere),
    Page("visits", visits, archives),
    Page("visits_year", visits, visit_years),
    Page("person", person, nowhere),
    Page("departments", departments, archives),
    Page("department", department, nowhere),
)
PAGES: Final = {page.name: page for page in _ROWS}
