"""What is asked of a system beyond one rating: why, what if, who moves, what differs, and do the examples notice."""
