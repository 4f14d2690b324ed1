from . import calls, comments, editions, figures, inbox, issues, mails, publications, trails

__all__ = [
    "calls",
    "comments",
    "editions",
    "figures",
    "inbox",
    "issues",
    "mails",
    "publications",
    "trails",
]
