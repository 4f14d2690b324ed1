"""Supporting files: what they must be, where they are kept, drafts out of a Word document."""
