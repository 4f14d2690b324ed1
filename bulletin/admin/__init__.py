from . import inbox

__all__ = ["inbox"]
