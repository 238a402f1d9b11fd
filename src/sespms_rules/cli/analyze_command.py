"""`sespms analyze`: all that is known of a policy, as data for editors and pages."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli.printing import echo_json, format_option, print_json
from sespms_rules.cli.reading_options import as_of_option, law_option
from sespms_rules.law.law_texts import LawTexts


@click.command("analyze")
@click.argument("policy", metavar="POLICY", required=False)
@as_of_option("Hold it to the editions of this day.")
@law_option
@click.option("--schema", "only_schema", is_flag=True, help="Print the JSON Schema of what is written, and no more.")
@format_option("json")
@click.pass_context
def command(
    ctx: click.Context, policy: str | None, as_of: datetime.date | None, law: LawTexts, only_schema: bool, form: str
) -> None:
    """Say all that is known of POLICY: findings with their fixes, its parts with the fields of each sentence, what the
    law asks and which sentences answer it, the examples and what came of them.

    Editors and pages show no more than stands here. Ends with code 1 when any finding is an error.
    """
    del form
    if only_schema:
        from sespms_rules.authoring.analysis import analysis_schema

        if policy is not None:
            raise click.UsageError("the schema is that of every policy; leave the policy out, or `--schema`")
        echo_json(analysis_schema())
        return
    if policy is None:
        raise click.UsageError("name a policy, or ask for the `--schema` alone")
    from sespms_rules.authoring.analysis import analyzed
    from sespms_rules.foundation.traversal import plain
    from sespms_rules.language.parsing import read_source
    from sespms_rules.language.resolution import FolderLibrary

    source, _ = read_source(Path(policy), policy)
    found = analyzed(
        source, FolderLibrary((), (Path(policy).parent,)), law.library, as_of=as_of, ask_solver=True, count_moves=True
    )
    print_json("sespms-analysis/1", **plain(found))
    ctx.exit(int(any(each.severity == "error" for each in found.findings)))
