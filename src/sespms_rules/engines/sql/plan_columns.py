"""Whether the columns of a table can hold a plan of a policy: where they cannot, a query would refuse every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.engines.sql.table import OwnMember
from sespms_rules.engines.sql.text import NotInSqlError
from sespms_rules.program import ir

_SORTS = {ir.Kind.CRITICAL: True, ir.Kind.NONCRITICAL: False}
_LIKE = "name a roster that has all of them with `--like`"


def refuse_other_plans(program: ir.Program, own: Sequence[OwnMember]) -> None:
    """Raise NotInSqlError where no plan has just the members that the policy names and those the table brings.

    A query over such columns is no fault of its form, and whoever runs it gets nobody rated and no reason.
    """
    for stage, path in _stages(program.summary, ()):
        named = {each.name for each in stage.members}
        brought = [each for each in own if each.path[:-1] == path and each.path[-1] not in named]
        holder = f"`{' / '.join(path) or program.name}`"
        if path and not named and not brought:
            says = f"{holder} leaves its {stage.kind}s to each plan, so the columns of the table are not known"
            raise NotInSqlError(says, "name a roster that has them with `--like`")
        if not path:
            _refuse_sort(stage, brought, holder)
        sorts = [*(each.critical for each in stage.members), *(each.critical for each in brought)]
        for limit in stage.limits:
            if isinstance(limit, ir.MemberCount):
                _refuse_count(limit, sum(_SORTS.get(limit.kind, each) is each for each in sorts), holder)


def _stages(stage: ir.Stage, path: tuple[str, ...]) -> Iterator[tuple[ir.Stage, tuple[str, ...]]]:
    yield stage, path
    for member in stage.members:
        if member.stage is not None:
            yield from _stages(member.stage, (*path, member.name))


def _refuse_sort(stage: ir.Stage, brought: Sequence[OwnMember], holder: str) -> None:
    for each in brought:
        if stage.open and not stage.may_bring(critical=each.critical):
            kind, other = (ir.Kind.CRITICAL, "no") if each.critical else (ir.Kind.NONCRITICAL, "yes")
            raise NotInSqlError(
                f"`{each.path[-1]}` is a {kind} by the roster, and a plan of {holder} brings none of its own",
                f"write `{other}` in a column `{each.path[-1]} critical`, or take its columns out",
            )


def _refuse_count(limit: ir.MemberCount, known: int, holder: str) -> None:
    if limit.low is not None and known < limit.low:
        says = f"{holder} asks for at least `{limit.low}` {_many(limit.kind, limit.low)}"
        raise NotInSqlError(f"{says}, and the columns that are known are those of `{known}`", _LIKE)
    if limit.high is not None and known > limit.high:
        says = f"{holder} asks for at most `{limit.high}` {_many(limit.kind, limit.high)}"
        raise NotInSqlError(f"{says}, and the table would have `{known}`", "name a roster of plans that it allows")


def _many(kind: ir.Kind, number: int) -> str:
    return f"{kind}{'' if number == 1 else 's'}"
