"""Spreadsheets in and out: guarded, previewed, all or nothing; for every room to use."""
