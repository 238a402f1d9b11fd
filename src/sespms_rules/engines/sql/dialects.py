"""The text of a query in other dialects, by sqlglot."""

from __future__ import annotations

from sespms_rules.engines.sql.text import NotInSqlError


def written(text: str, dialect: str) -> str:
    """Write PostgreSQL text in another dialect; raise NotInSqlError where sqlglot is not there or knows none such."""
    try:
        import sqlglot
        from sqlglot.errors import ErrorLevel, SqlglotError
    except ImportError:
        help = "install it with `pip install sespms-rules[sql]`, or take `duckdb`, `postgres` or `spark`"
        raise NotInSqlError(f"the dialect `{dialect}` is written by sqlglot, which is not installed", help) from None
    try:
        made = sqlglot.transpile(text, read="postgres", write=dialect, pretty=True, unsupported_level=ErrorLevel.RAISE)
    except (SqlglotError, ValueError) as fault:
        said = str(fault).splitlines()[0]
        raise NotInSqlError(f"the query cannot be written in the dialect `{dialect}`: {said}", "try another") from None
    return made[0]
