"""Sentences and headings as people say them, led to the ones the language has.

`ways` says what a way of speaking is; the modules named `of_…` hold the ways of each part of a policy; `synonyms` holds
single words and short phrases; `repairing` puts those in where the parser stumbles; `saying` makes the finding.
Nothing is offered that the parser does not then read as one whole sentence.
"""
