"""Published editions for tests of the site, made without going through a month.

Names and places are invented (云川省).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from bulletin import storage
from bulletin.assembly import build_document
from bulletin.document import (
    FigureRecord,
    ImprintLine,
    IssueDocument,
    Item,
    Layout,
    Period,
    Section,
    VisitRecord,
    dumps,
)
from bulletin.finding.keeping import refresh
from bulletin.models import Edition, EditionFile, Issue, Publication
from tests.factories import House, IssueFactory
from windows.models import User

UTC = dt.UTC
OVERVIEW = (
    "{m}月，省本级办理政务服务事项4.6万件。各进驻部门（单位）窗口共受理政务服务事项全程网办4.41万件，"
    "办结政务服务事项全程网办4.38万件；综合窗口受理政务服务事项0.17万件，窗口出件量0.15万件；"
    "政务大厅现场邮寄量0.08万件；为办事企业群众提供电话咨询1036人（次）、现场咨询服务4275人（次）。"
)
POLITICS = (
    (
        8,
        "省政府召开优化政务服务专题会议。副省长纪闻溪在会上强调，要把企业和群众反映的难点堵点作为改进"
        "工作的起点，逐项列出清单、明确期限、公开结果。要统一省、市、县三级事项名称和申请材料，做到"
        "同一件事在全省任何一个窗口要求一致、时限一致、结果一致。",
    ),
    (
        16,
        "省政务办在临江市召开全省“一件事”集成办理现场会。会议通报了前八个月集成事项运行情况，临江市、"
        "云屏市和石桥县作经验交流。凡材料可以共享而仍要求提交的，限期取消。",
    ),
    (
        28,
        "省中心举办“窗口课堂”第六讲。来自31个部门的86名窗口人员参加，课后各窗口领取一份本部门指南"
        "现场修改，修改稿由省中心汇总后统一发布。",
    ),
)
KEY_WORK = (
    "{m}月，省中心完成第三季度窗口服务评议，发放问卷2164份，综合满意率为99.1%。",
    "推进事项材料精简。对省本级1873项政务服务事项的申请材料逐项复核，取消可由部门间共享获取的材料412份。",
    "完善“办不成事”反映窗口运行机制。全月收到反映27件，其中当场解释说明16件，协调部门办理9件。",
)
NEWS = (
    (
        2,
        "人力资源社会保障厅窗口上线社保关系转移进度查询。参保人在原参保地或新参保地任一窗口提交申请后，"
        "可通过手机查看转出、接收、记账三个环节的办理时间和经办单位，不再往返两地询问。",
    ),
    (
        3,
        "省市场监管局窗口试行企业名称预先比对服务。试行期间共提供比对服务386次，名称申报一次通过率"
        "由71%提高到93%，企业开办平均用时缩短半个工作日。",
    ),
    (8, "住房城乡建设厅行政审批处对建筑施工企业资质延续事项实行到期提醒。"),
    (
        10,
        "省医保局窗口推行异地就医备案“免填单”。全月共办理备案943件，单件平均用时由12分钟减至3分钟。",
    ),
    (
        15,
        "自然资源厅窗口在大厅设置测绘成果查询专区，提供1：10000及以下比例尺公开地图的现场浏览和目录检索。",
    ),
    (21, "交通运输厅行政审批处开通大件运输许可夜间值守。开通十天共受理夜间申请162件，办结159件。"),
    (28, "省税务局窗口联合人力资源社会保障厅、省医保局窗口设立社保缴费综合岗。"),
)
VISITS = (
    (
        4,
        "民政厅党组书记、厅长顾清和到省政务服务大厅民政厅窗口调研指导工作。他强调，民政窗口面对的多是老人、"
        "儿童和困难群众，要多说一句、多问一步、多帮一把。",
    ),
    (
        11,
        "生态环境厅党组书记、厅长沈砚秋到省政务服务大厅生态环境厅窗口调研指导工作。她要求，要用好专家"
        "咨询日，企业提出的问题能当场答复的当场答复。",
    ),
)
DUTY = "{m}月，公安厅二级警务专员程野，水利厅总工程师宋知微到省政务服务大厅窗口调研值守。"


def document(
    year: int = 2026, month: int = 9, *, month_to: int | None = None, number: int | None = None
) -> IssueDocument:
    """An issue of five sections; it comes out on the 21st of the month after."""
    last = month_to or month
    out = dt.date(year + last // 12, last % 12 + 1, 21)
    sections = (
        Section("overview", f"{year}年{month}月总体运行情况", (_undated(OVERVIEW, month),), False),
        Section("politics", "政务工作动态", tuple(_dated(year, month, row) for row in POLITICS)),
        Section("key_work", "重点工作推进情况", tuple(_undated(row, month) for row in KEY_WORK)),
        Section("window_news", "窗口资讯", tuple(_dated(year, month, row) for row in NEWS)),
        Section(
            "leader_visits",
            "厅（局）长进大厅",
            (*(_dated(year, month, row) for row in VISITS), _undated(DUTY, month)),
        ),
    )
    return IssueDocument(
        masthead="政务窗口月报",
        number=number or month,
        number_to=month_to,
        period=Period(year, month, month_to),
        issuer="云川省政府政务服务中心",
        issued_on=out,
        sections=sections,
        imprint=(
            ImprintLine("报", "省政务办、省级相关部门（单位）、省中心领导。"),
            ImprintLine(
                "发", "省级相关部门（单位）窗口，省直部门办事大厅，省中心各处（室）、直属单位。"
            ),
        ),
        figures=(
            FigureRecord("total_handled", "办理政务服务事项", "件", 46000, 45500, 46500, "4.6万件"),
        ),
        layout=Layout(rows=20),
    )


def with_text(paper: IssueDocument, text: str) -> IssueDocument:
    """The same issue with `text` as the last item of its second section."""
    first, second, *rest = paper.sections
    longer = replace(second, items=(*second.items, Item(text)))
    return replace(paper, sections=(first, longer, *rest))


def with_visits(paper: IssueDocument, visits: tuple[VisitRecord, ...]) -> IssueDocument:
    return replace(paper, visits=visits)


def publish(
    publication: Publication, paper: IssueDocument, by: User, *, supersedes: Edition | None = None
) -> Edition:
    """A signed and published edition of `paper` with stored files."""
    edition = proof(publication, paper, by, supersedes=supersedes)
    at = dt.datetime.combine(paper.issued_on or dt.date(2026, 1, 1), dt.time(2), UTC)
    edition.signed_by, edition.signed_at = by, at - dt.timedelta(days=1)
    edition.published_at = at + dt.timedelta(days=supersedes is not None)
    edition.supersedes = supersedes
    edition.save()
    refresh(edition.issue)
    return edition


def proof(
    publication: Publication, paper: IssueDocument, by: User, *, supersedes: Edition | None = None
) -> Edition:
    """A frozen proof, unsigned, with its files rendered."""
    period = paper.period
    issue, _made = Issue.objects.get_or_create(
        publication=publication,
        year=period.year,
        number=paper.number,
        defaults={
            "month": period.month,
            "month_to": period.month_to,
            "number_to": paper.number_to,
            "issued_on": paper.issued_on,
        },
    )
    edition = Edition.objects.create(
        issue=issue,
        proof_no=(supersedes.proof_no if supersedes else 0) + 1,
        content=dumps(paper).decode(),
        digest=paper.digest,
        year=period.year,
        number=paper.number,
        sent_by=by,
    )
    store(edition, "pdf", f"%PDF-1.7 {paper.digest}".encode(), pages=6)
    store(edition, "txt", paper.text.encode())
    return edition


def signed(house: House, number: int) -> Issue:
    """A signed issue without the walk there, one of many: `number` counts months from 2020."""
    issue = IssueFactory(
        publication=house.publication,
        year=2020 + number // 12,
        month=number % 12 + 1,
        state="signed",
    )
    content = build_document(issue)
    Edition.objects.create(
        issue=issue,
        proof_no=1,
        content=dumps(content).decode(),
        digest=content.digest,
        year=issue.year,
        number=issue.number,
        sent_by=house.editor,
        signed_by=house.approver,
        signed_at=timezone.now(),
    )
    return issue


def store(edition: Edition, name: str, data: bytes, pages: int | None = None) -> EditionFile:
    sha256, path = storage.keep(data, name)
    return EditionFile.objects.create(
        edition=edition, format=name, sha256=sha256, size=len(data), path=path, pages=pages
    )


def _dated(year: int, month: int, row: tuple[int, str]) -> Item:
    day, text = row
    return Item(f"{month}月{day}日，{text}", date=dt.date(year, month, day))


def _undated(text: str, month: int) -> Item:
    return Item(text.replace("{m}", str(month)))
