"""The language server: what the analysis knows of a text, told to any editor in the Language Server Protocol.

It talks over standard input and output with the editor that started it and with nobody else; nothing is written but by
the editor, on the author's word.
"""
