"""The styles of the Word document, by the names its navigation pane shows."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from ..document import Layout
from ..typeset.geometry import CELL, CELL_4, HEIGHT, SIZE_3, SIZE_4, WIDTH, Grid

Styles = dict[str, Any]
"""Style objects by name: looking one up in the document is slow."""

TITLE, NUMBER, ISSUER, ISSUER_ALONE, HEADING, ITEM, IMPRINT, END, MARK = (
    "Masthead",
    "IssueNumber",
    "Issuer",
    "IssuerAlone",
    "Heading 1",
    "BodyItem",
    "Imprint",
    "End",
    "Mark",
)
RED: Final = RGBColor(0xD9, 0x00, 0x00)
FANG, HEI, XIAOBIAO, SONG, LATIN = (
    "仿宋_GB2312",
    "黑体",
    "方正小标宋简体",
    "宋体",
    "Times New Roman",
)
TIGHTEN: Final = -5
"""Letter spacing in twentieths of a point: 16 pt glyphs on the 15.79 pt cell."""
NAME_SIZE: Final = 62.0
RULE_SPACE: Final = 10
"""Points from the line of issuer and date to the rule."""


def add_styles(word: Any, page: Grid, layout: Layout) -> Styles:
    """Makes the styles in `word`; exactly one line of the grid of `page` is one row."""
    row = row_height(page)
    normal = word.styles["Normal"]
    for old in word.styles.element.findall(f"{qn('w:docDefaults')}//{qn('w:rFonts')}"):
        old.getparent().remove(old)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _font(normal, FANG, SIZE_3 * 28 / page.cells)
    _spacing(normal, round((page.cell - _points(normal)) * 20))
    _paragraph(normal, row)
    styles: Styles = {
        TITLE: _style(word, TITLE, "刊名"),
        NUMBER: _style(word, NUMBER, "期号"),
        ISSUER: _style(word, ISSUER, "编发单位和日期"),
        ISSUER_ALONE: _style(word, ISSUER_ALONE, "编发单位"),
        HEADING: word.styles[HEADING],
        ITEM: _style(word, ITEM, "条目"),
        IMPRINT: _style(word, IMPRINT, "版记"),
        END: _style(word, END, "末段"),
        MARK: _style(word, MARK, "标记"),
        "odd": _style(word, "FolioOdd", "单页码"),
        "even": _style(word, "FolioEven", "双页码"),
    }
    _set_head(styles, row)
    _set_text(styles, page, layout)
    _set_foot(styles)
    return styles


def row_height(page: Grid) -> float:
    """A row of the document grid, in whole twentieths of a point."""
    return int(HEIGHT * 20 / page.rows) / 20


def _points(style: Any) -> float:
    return float(style.font.size.pt)


def _style(word: Any, identifier: str, name: str) -> Any:
    style = word.styles.add_style(identifier, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.element.find(qn("w:name")).set(qn("w:val"), name)
    style.quick_style = True
    return style


def _font(style: Any, name: str, size: float) -> None:
    """Sets the fonts by name and takes away what the theme would put in their place."""
    style.font.size = Pt(round(size * 2) / 2)
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    latin = name if name in (HEI, SONG, XIAOBIAO) else LATIN
    for key, value in (("ascii", latin), ("hAnsi", latin), ("cs", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{key}"), value)
    fonts.set(qn("w:hint"), "eastAsia")
    properties.insert(0, fonts)


def _spacing(style: Any, twentieths: int) -> None:
    properties = style.element.get_or_add_rPr()
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twentieths))
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _paragraph(style: Any, row: float, before: float = 0, after: float = 0) -> Any:
    form = style.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(row)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.widow_control = False
    return form


def _set_head(styles: Styles, row: float) -> None:
    """Name, number, issuer; the renderer puts each at its height."""
    title, number, issuer = styles[TITLE], styles[NUMBER], styles[ISSUER]
    _font(title, XIAOBIAO, NAME_SIZE)
    title.font.color.rgb = RED
    for style in (title, number):
        _paragraph(style, row).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for style in (issuer, styles[ISSUER_ALONE]):
        # Not indented as a whole: the rule below is as wide as the text area (7.2.7).
        _paragraph(style, row).first_line_indent = Pt(CELL)
    issuer.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH - CELL), WD_TAB_ALIGNMENT.RIGHT)
    border = f'<w:bottom w:val="single" w:sz="12" w:space="{RULE_SPACE}" w:color="{RED}"/>'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>")
    issuer.element.get_or_add_pPr().insert_element_before(
        borders, "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
    )
    for name in (TITLE, NUMBER, ISSUER, ISSUER_ALONE, IMPRINT, END, MARK):
        style = styles[name]
        loose = parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>')
        style.element.get_or_add_pPr().insert_element_before(loose, "w:spacing", "w:ind", "w:jc")


def _set_text(styles: Styles, page: Grid, layout: Layout) -> None:
    heading, item = styles[HEADING], styles[ITEM]
    row = row_height(page)
    _font(heading, HEI, SIZE_3 * 28 / page.cells)
    heading.font.bold = False
    heading.font.color.rgb = RGBColor(0, 0, 0)
    _paragraph(heading, row).first_line_indent = Pt(2 * page.cell)
    heading.paragraph_format.keep_with_next = True
    for style in (heading, item):
        _set_line_breaking(style, layout)
    form = _paragraph(item, row)
    form.first_line_indent = Pt(2 * page.cell)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _set_line_breaking(style: Any, layout: Layout) -> None:
    """Whether marks hang is the publication's choice."""
    switch = parse_xml(f'<w:overflowPunct {nsdecls("w")} w:val="{int(layout.hang)}"/>')
    after = ("w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    style.element.get_or_add_pPr().insert_element_before(switch, *after)


def style_metrics(styles: Styles) -> tuple[float, int]:
    """Size of the letters in points and their spacing in twentieths of a point."""
    normal = styles[ITEM].base_style
    spacing = normal.element.rPr.find(qn("w:spacing"))
    return _points(normal), int(spacing.get(qn("w:val")))


def _set_foot(styles: Styles) -> None:
    _font(styles[IMPRINT], FANG, SIZE_4)
    form = _paragraph(styles[IMPRINT], 22, 0.5, 0.5)
    form.left_indent, form.first_line_indent = Pt(2 * CELL_4), Pt(-2 * CELL_4)
    _font(styles[END], FANG, 1)
    _paragraph(styles[END], 1)
    _font(styles[MARK], FANG, 9)
    _paragraph(styles[MARK], 13).alignment = WD_ALIGN_PARAGRAPH.LEFT
    for name, side in (("odd", WD_ALIGN_PARAGRAPH.RIGHT), ("even", WD_ALIGN_PARAGRAPH.LEFT)):
        _font(styles[name], SONG, SIZE_4)
        form = _paragraph(styles[name], 18)
        form.alignment = side
        form.left_indent = form.right_indent = Pt(SIZE_4)
