from . import calls, editions, inbox, issues, mails, publications, trails

__all__ = ["calls", "editions", "inbox", "issues", "mails", "publications", "trails"]
