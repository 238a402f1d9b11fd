"""What holds for every appraisal of every plan: asked of a solver, never of a sample.

`solver` proves and refutes properties of a Program; `guarantees` says which sentence of a policy asks for which.
"""
