"""The same rules as one query of whole numbers, for DuckDB and for other warehouses."""
