from .attachments import Attachment
from .editions import Correction, Edition, EditionFile
from .intake import Call, Commission, NewsItem, NilReturn, Submission
from .issues import Entry, EntrySource, Issue, Section
from .publications import ImprintTemplate, Publication, SectionTemplate
from .scratches import Scratch
from .trails import ChainHead, Trail
from .work import Job, Mail

__all__ = [
    "Attachment",
    "Call",
    "ChainHead",
    "Commission",
    "Correction",
    "Edition",
    "EditionFile",
    "Entry",
    "EntrySource",
    "ImprintTemplate",
    "Issue",
    "Job",
    "Mail",
    "NewsItem",
    "NilReturn",
    "Publication",
    "Scratch",
    "Section",
    "SectionTemplate",
    "Submission",
    "Trail",
]
