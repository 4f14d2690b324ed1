"""Finding what was published: the rows that searches read, and the searches."""
