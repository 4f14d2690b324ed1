"""Every kind of public page that is baked: one row each.

A new page is a module beside this one, a row here and a line in `views/site/urls.py`
with the same name. What depends on the reader's words (search, verification) has a
view of its own there and no row here.
"""

from __future__ import annotations

from typing import Final

from .about import about
from .api.page import open_data
from .archive import archive
from .corrections import corrected, correction, correction_years, corrections
from .departments import department, departments
from .downloads import download, files
from .feeds import feed
from .front import front
from .issues import edition, issue
from .items import item
from .naming import department_names, people
from .pages import Looks, Page
from .places import archives, editions, issues, items, once, years
from .sitemaps import map_page, robots, sitemap, sitemap_index
from .statistics.open_data import figures
from .statistics.page import statistics
from .statistics.places import export_years, exports, indicator_years, indicators
from .visits import person, visit_years, visits

_ROWS: Final = (
    Page("front", front, once),
    Page("about", about, once),
    Page("data", open_data, once),
    Page("archive", archive, archives),
    Page("year", archive, years),
    Page("statistics", statistics, archives),
    Page("indicator", statistics, indicators),
    Page("indicator_year", statistics, indicator_years),
    Page("figures", figures, exports, Looks.NONE),
    Page("figures_year", figures, export_years, Looks.NONE),
    Page("issue", issue, issues),
    Page("edition", edition, editions),
    Page("download", download, files, Looks.NONE),
    Page("correction", correction, corrected),
    Page("corrections", corrections, archives),
    Page("corrections_year", corrections, correction_years),
    Page("map", map_page, archives),
    Page("feed", feed, archives, Looks.NONE),
    Page("sitemap_index", sitemap_index, once, Looks.NONE),
    Page("sitemap_of", sitemap_index, archives, Looks.NONE),
    Page("sitemap", sitemap, years, Looks.NONE),
    Page("robots", robots, once, Looks.NONE),
    Page("item", item, items, Looks.LANGUAGES),
    Page("visits", visits, archives, named=True),
    Page("visits_year", visits, visit_years, named=True),
    Page("person", person, people, Looks.LANGUAGES),
    Page("departments", departments, archives, named=True),
    Page("department", department, department_names, Looks.LANGUAGES, named=True),
)
PAGES: Final = {page.name: page for page in _ROWS}
