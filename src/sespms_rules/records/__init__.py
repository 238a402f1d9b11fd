"""The year on record: who an executive is, what the plan holds, which acts were taken, and what must yet happen."""
