"""The language: text -> Document -> System, and how each sentence is said.

`parsing` reads text into the tree of `syntax`, `resolution` makes of it the `model` that everything later reads;
`formatter` lays a policy out, `phrasebook` lists what can be said.
"""
