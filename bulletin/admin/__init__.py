from . import calls, editions, figures, inbox, issues, mails, publications, trails

__all__ = ["calls", "editions", "figures", "inbox", "issues", "mails", "publications", "trails"]
