"""Ratings of many executives taken together: how they are distributed, and what a policy says of that.

Nothing here changes a rating. `distribution` counts levels exactly, `cohort_rules` reads the `distribution` part of a
policy over a population, `margins` finds who stands next to another level, `disclosure` withholds what a few people
could be known by.
"""
