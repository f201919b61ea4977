"""Reference pages made from the code: settings, commands, entities, marts.

Each module renders one kind of page from what it describes, so the pages cannot
drift; ``pages()`` gathers them. Prose belongs into ``docs/`` itself.
"""
