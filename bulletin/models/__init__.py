from .asides import Aside
from .attachments import Attachment
from .comments import Comment
from .editions import Correction, Edition, EditionFile, PrintedSource, in_print
from .generations import Generation
from .intake import Call, Commission, NewsItem, NilReturn, Submission
from .issues import Entry, EntrySource, Issue, Section
from .passages import Passage, PassageName, PrintedVisit, RestatedYear
from .presence import KeptFilter, Presence
from .publications import ImprintTemplate, Publication, Recipient, SectionTemplate
from .returned import ReturnedCopy
from .scratches import Scratch
from .signing import SignLink, Waiver
from .subscribers import Subscriber
from .trails import ChainHead, Trail
from .work import Job, Mail

__all__ = [
    "Aside",
    "Attachment",
    "Call",
    "ChainHead",
    "Comment",
    "Commission",
    "Correction",
    "Edition",
    "EditionFile",
    "Entry",
    "EntrySource",
    "Generation",
    "ImprintTemplate",
    "Issue",
    "Job",
    "KeptFilter",
    "Mail",
    "NewsItem",
    "NilReturn",
    "Passage",
    "PassageName",
    "Presence",
    "PrintedSource",
    "PrintedVisit",
    "Publication",
    "Recipient",
    "RestatedYear",
    "ReturnedCopy",
    "Scratch",
    "Section",
    "SectionTemplate",
    "SignLink",
    "Submission",
    "Subscriber",
    "Trail",
    "Waiver",
    "in_print",
]
