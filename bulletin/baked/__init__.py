"""What is baked, as files: the published site as a tree under the digest of its content.

    blobs/ab/abcd…          a page or file, named by its SHA-256; beside it .gz and .br
    trees/ab/abcd….node     a folder as text: one line an entry, named by the SHA-256 of the text
    trees/ab/abcd…/         the same folder for nginx and the application: files are hard links
                            to blobs, folders symbolic links to trees
    names/…                 empty folders named as downloads are shown (see `tree.Entry`)
    current -> trees/ab/…   the site as the public reads it
    number                  of the generation that `current` is, for processes that map it

A tree never changes: publishing adds the folders on the way to what changed and renames
`current`. First folders of a tree are looks (`plain`, `dark`, …), below them addresses.
Knows no Django: the application's first layer reads it before Django is asked.
"""
