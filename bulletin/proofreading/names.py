"""Rules of names: departments by their current short name, persons after their title.

Numbers are rows of `domain.md` section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.edits import HANZI
from bulletin.proofreading.problems import Context, Finding

INFORMAL: Final = {
    "省发改委": "省发展改革委",
    "省卫健委": "省卫生健康委",
    "省市监局": "省市场监管局",
    "人社厅": "人力资源社会保障厅",
    "文旅厅": "文化和旅游厅",
    "住建厅": "住房城乡建设厅",
    "经信厅": "经济和信息化厅",
    "省经信厅": "经济和信息化厅",
}
_TITLE_WORK: Final = re.compile("《[^》]*》")
_JOINERS: Final = "和与及由会同对向到在经请按将，、。；："
_BEFORE_PROVINCE: Final = "，。；：“（由到"  # not 、 and 和: 云州市公安局、市场监管局
SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎"
    "鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余顾孟平黄"
    "穆萧尹姚邵湛汪祁毛狄贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾江童颜郭梅盛林刁钟徐邱骆"
    "高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁荀曲封靳"
    "段焦巴牧谷车侯全班秋仲宁仇甘厉祖武符刘景詹束龙叶幸司黎薄白蒲鄂赖卓屠池乔阴闻党翟谭劳姬申"
    "扶冉桑桂牛寿边燕冀尚温庄晏柴瞿阎充慕连习艾鱼容向古易廖庾步都耿满匡文寇广欧沃利蔚越师巩聂晁"
    "敖冷辛阚那简饶曾沙丰关查红游权岳帅惠兰肖涂代佘"
)
_TITLES: Final = (
    "副?主任|副?厅长|副?局长|副?书记|副?处长|副?组长|副?院长|副?省长|副?市长|副?县长|副?区长|副?部长"
    "|副?会长|副?行长|副?秘书长|总经理|董事长|[一二]级巡视员|总监"
)
_NOT_GIVEN: Final = "厅局委办处室部院所心组长员副总级党政务府省市县区队司主任书记的了和与、，。各位"
_NAME_TITLE: Final = re.compile(
    rf"(?<=[厅局委办处室部院所心组队司、，。；：与和由])(?P<name>[{SURNAMES}][^{_NOT_GIVEN}\W\da-zA-Z]"
    rf"{{1,2}})(?P<title>{_TITLES})(?![级办制室令督])"
)
_WORDS: Final = re.compile(
    "安全|房产|高新|金融|向导|单位|文化|商业|商务|林业|农业|环保|交通|江苏|江西|宁夏"
    "|武侯|高坪|方面|全体|时任|华为|包括|温江|常务|常委|满意|平台|平安|应急|应对|公司"
    "|高级|经济|金牛|广元|乐山|广安|温泉|应用|连锁|关键|文旅|文物|文明|文体|万名|任命"
    "|任职|代理|代表|全省|全面|全市|江安|安岳"
)
_DOT: Final = re.compile(rf"(?<=[{HANZI}])[.•・‧∙⋅･](?=[{HANZI}])")
_SPACED: Final = re.compile(
    rf"(?<=[长任记员监师组])(?P<first>[{SURNAMES}])[ \u3000\u00a0]+(?P<given>[{HANZI}])"
    rf"(?=到|在|主持|出席|强调|要求|[，。、；])"
)


def obsolete(text: str, context: Context) -> Iterator[Finding]:
    """Rule 25: names that a reform has ended; 原… and titles of documents keep theirs."""
    for start, end, current in _aliases(text, context, informal=False):
        message = f"“{text[start:end]}”已不再使用，请改为“{current}”。"
        yield Finding(start, end, message, current)


def informal(text: str, context: Context) -> Iterator[Finding]:
    """Rule 26: short forms that are not the official ones."""
    for start, end, current in _aliases(text, context, informal=True):
        message = f"“{text[start:end]}”不是规范简称，请改为“{current}”。"
        yield Finding(start, end, message, current)


def _aliases(text: str, context: Context, *, informal: bool) -> Iterator[tuple[int, int, str]]:
    """Aliases outside official names (建设厅 stands inside 住房城乡建设厅), longest first."""
    usual = {name: to for name, to in INFORMAL.items() if to in context.departments}
    known = {**usual, **context.aliases, **dict.fromkeys(context.departments, "")}
    titles = [match.span() for match in _TITLE_WORK.finditer(text)]
    for match in _longest_first(known).finditer(text) if known else ():
        current = known[match[0]]
        inside = any(start <= match.start() < end for start, end in titles)
        wanted = (match[0] in INFORMAL) == informal
        if current and wanted and not inside and text[: match.start()][-1:] not in ("原", "前"):
            yield _with_province(text, match, current), match.end(), current


def _longest_first(names: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _with_province(text: str, match: re.Match[str], current: str) -> int:
    """Where the replacement begins: 省人社厅 goes whole when the new name has no 省."""
    start = match.start()
    before = text[max(start - 2, 0) : start]
    lone = before == "省" or (len(before) == 2 and before[0] in _JOINERS)
    return start - 1 if before[-1:] == "省" and lone and not current.startswith("省") else start


def province(text: str, context: Context) -> Iterator[Finding]:
    """Rule 27: 省 before a name that the directory has without (商务厅), and missing before one
    that it has with (省市场监管局); where the words before may name a city, nothing is said."""
    titles = [match.span() for match in _TITLE_WORK.finditer(text)]
    for start, end, name in _provinces(text, context):
        if not any(first <= start < last for first, last in titles):
            message = f"本刊把“{text[start:end]}”写作“{name}”。"
            yield Finding(start, end, message, name)


def _provinces(text: str, context: Context) -> Iterator[tuple[int, int, str]]:
    without = {name: name for name in context.departments if name.endswith("厅")}
    having = {name[1:]: name for name in context.departments if name.startswith("省")}
    known = {**{f"省{name}": name for name in without}, **having}
    for match in _longest_first(known).finditer(text) if known else ():
        before = text[: match.start()][-1:]
        added = match[0] in having and match[0] not in without
        if not before or before in (_BEFORE_PROVINCE if added else _JOINERS):
            yield match.start(), match.end(), known[match[0]]


def name_before_title(text: str, context: Context) -> Iterator[Finding]:
    """Rule 29: the house puts the title first."""
    for pattern in (_NAME_TITLE, *_directory(context)):
        for match in pattern.finditer(text):
            if not _WORDS.fullmatch(match["name"]):
                new = match["title"] + match["name"]
                message = f"职务应放在姓名前面，请改为“{new}”。"
                yield Finding(match.start("name"), match.end("title"), message, new)


def _directory(context: Context) -> Iterator[re.Pattern[str]]:
    """Persons of the directory are found anywhere, others only behind an organisation."""
    if context.leaders:
        names = "|".join(sorted(map(re.escape, context.leaders), key=len, reverse=True))
        yield re.compile(f"(?P<name>{names})(?P<title>{_TITLES})")


def spaced_name(text: str, context: Context) -> Iterator[Finding]:
    """Rule 31 (4.14): no space inside a name, · between its parts."""
    for match in _SPACED.finditer(text):
        new = match["first"] + match["given"]
        message = f"姓名中间不空格，请改为“{new}”。"
        yield Finding(match.start("first"), match.end("given"), message, new)
    for name in sorted(context.leaders):
        if "·" not in name:
            yield from _spread(text, name)
    for match in _DOT.finditer(text):
        message = "姓名各部分之间请用间隔号“·”。"
        yield Finding(match.start(), match.end(), message, "·", auto=match[0] != ".")


def _spread(text: str, name: str) -> Iterator[Finding]:
    pattern = re.compile("[ \u3000\u00a0]*".join(map(re.escape, name)))
    for match in pattern.finditer(text):
        if match[0] != name:
            message = f"姓名中间不空格，请改为“{name}”。"
            yield Finding(match.start(), match.end(), message, name)
