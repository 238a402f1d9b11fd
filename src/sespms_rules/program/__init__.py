"""What a policy computes: the Program (`ir`), how a System becomes one (`lowering`), and what it rates.

`ir`, `rating`, `arithmetic`, `bands` and `wording` know nothing of the language; `lowering` alone reads it.
"""
