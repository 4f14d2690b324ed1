"""Keeping what was written: chains and files held against their digests, backups that restore."""
