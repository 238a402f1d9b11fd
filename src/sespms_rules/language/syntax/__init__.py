"""The syntax tree: one class for each kind of sentence and phrase, as it was written.

`nodes` holds what all of them share, `words` the closed lists; the other modules follow the parts of a policy.
"""
