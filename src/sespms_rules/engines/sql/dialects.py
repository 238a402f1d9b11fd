"""The text of a query in other dialects, by sqlglot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.engines.sql.text import NotInSqlError

if TYPE_CHECKING:
    from sqlglot.expressions import Expr


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
    if not _reads_back(text, made, dialect):
        raise NotInSqlError(
            f"a name or a word of the policy cannot be written safely in the dialect `{dialect}`",
            "take quotation marks and backslashes out of its names and words, or try another dialect",
        )
    return made[0]


def _reads_back(text: str, made: list[str], dialect: str) -> bool:
    """Whether what was made is one query again, of the same names and the same words."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        (before,), (after,) = sqlglot.parse(text, read="postgres"), sqlglot.parse("\n".join(made), read=dialect)
    except (SqlglotError, ValueError):
        return False
    return before is not None and after is not None and _said(before) == _said(after)


def _said(query: Expr) -> tuple[list[str], list[str]]:
    """The names in quotation marks and the words of a query, each in order."""
    from sqlglot.expressions import Identifier, Literal

    names = [each.name for each in query.find_all(Identifier) if each.args.get("quoted")]
    words = [each.name for each in query.find_all(Literal) if each.is_string]
    return sorted(names), sorted(words)
