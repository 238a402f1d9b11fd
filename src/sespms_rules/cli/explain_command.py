"""`sespms explain`: how one rating comes about, and the smallest change that would alter it."""

from __future__ import annotations

from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sespms_rules.api import explained
from sespms_rules.checks.scenarios import SCENARIO_FAILS, appraisal_of
from sespms_rules.cli.documents_written import letterhead_option, refuse_letterhead, write_document
from sespms_rules.cli.explain_on_record import OnRecord, explain_on_record
from sespms_rules.cli.named_row import row_named
from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import Compiled, compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import (
    findings_as_data,
    format_option,
    has_errors,
    notes_option,
    notes_said,
    output_in,
    output_option,
    print_json,
    print_provenance,
    provenance_as_data,
    shown_of_policy,
    tell_nothing_done,
    wants_colour,
)
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.register_options import KeptIn, kept_options, refuse_without_records
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.law.provenance import FileRead
from sespms_rules.pipeline import Compilation, program_for
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome
from sespms_rules.reports.findings import as_text as findings_as_text
from sespms_rules.reports.findings import printable, refusal_as_text
from sespms_rules.reports.ratings import RatedRow, as_data
from sespms_rules.rosters.files import RosterRow, open_roster
from sespms_rules.studies.explanation import Explanation

if TYPE_CHECKING:
    from sespms_rules.documents import Letterhead  # it loads all of Word's format


@click.command("explain")
@policy_argument
@click.argument("roster", metavar="[ROSTER]", required=False)
@click.option("--scenario", metavar="NAME", help="Explain this scenario of the policy.")
@click.option("--records", metavar="FOLDER|WORKBOOK|REGISTER", help="Explain a rating by a year on record.")
@click.option("--id", "executive", metavar="ID", help="Explain the executive with this id in ROSTER, or on record.")
@click.option("--system", metavar="NAME", help="The system to rate by, where the policy holds several.")
@output_in(
    "html", "Write a receipt too: a page to keep, from which `sespms verify` derives the level again.", name="--receipt"
)
@notes_option
@text_options
@kept_options
@output_option
@format_option("text", "json", "html", "docx", "pdf")
@letterhead_option
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str | None,
    scenario: str | None,
    records: str | None,
    executive: str | None,
    system: str | None,
    receipt: str | None,
    notes: bool,
    reading: Reading,
    output: str | None,
    form: str,
    kept: KeptIn,
    letterhead: Letterhead | None,
) -> None:
    """Show how one rating comes about, step by step.

    Give `--scenario NAME`, or ROSTER and `--id ID`, or `--records FOLDER` and `--id ID` for all that is on record of
    one annual rating. As a page, a Word document or a PDF it is a letter. Ends with code 1 when there is no rating to
    explain, or a record of that executive has a fault or breaks a duty.
    """
    _refuse_unclear((scenario, roster, records), executive, receipt)
    _refuse_other_texts(scenario, receipt, reading)
    if records is None:
        refuse_without_records(kept)
    compiled = compile_policies([policy], reading.law)
    findings = compiled.diagnostics
    printing = _Printing(form, compiled, reading, (), notes, output, receipt, letterhead)
    if _keeps_from_explaining(findings, scenario):
        printing.write(findings)
        ctx.exit(tell_nothing_done("nothing was explained"))
    if records is not None:
        asked = OnRecord(records, executive or "", kept, system, form, output, letterhead)
        ctx.exit(explain_on_record(asked, compiled, reading))
    if scenario is not None:
        program, appraisal = _of_scenario(compiled.compilations[0], scenario, system)
        ctx.exit(_explain(program, appraisal, findings, printing))
    ctx.exit(_explain_roster((roster or "", executive or ""), system, printing))


def _refuse_unclear(
    sources: tuple[str | None, str | None, str | None], executive: str | None, receipt: str | None
) -> None:
    """Raise a usage error unless one thing is to be explained: a scenario, or an executive in a roster or on record."""
    scenario, roster, records = sources
    if sum(each is not None for each in sources) != 1 or (scenario is None) != (executive is not None):
        says = "give either `--scenario NAME`, or a roster and `--id ID`, or `--records FOLDER` and `--id ID`"
        raise click.UsageError(says)
    if roster is not None and Path(roster).is_dir():
        raise click.UsageError(f"`{roster}` is a folder and no roster; name records with `--records {roster}`")
    if records is not None and receipt is not None:
        raise click.UsageError("a receipt is of a scenario or a row of a roster; leave `--receipt` or `--records` out")


def _refuse_other_texts(scenario: str | None, receipt: str | None, reading: Reading) -> None:
    """Refuse `--with` and `--as-of` where the text is settled otherwise."""
    if not reading.amendments and reading.as_of is None:
        return
    if scenario is not None:
        raise click.UsageError("a scenario says itself under which amendment it is; leave `--with` and `--as-of` out")
    if receipt is not None:
        raise click.UsageError("a receipt is of a policy as it stands; leave `--with` and `--as-of` out")


class _Printing(Frozen):
    """How an explanation is written, and what it rests on: the policy, and `others` that were read.

    With `notes` those on the policy are shown too. `receipt` is the file of the receipt that was asked for.
    """

    form: str
    compiled: Compiled
    reading: Reading
    others: tuple[FileRead, ...] = field(default=())
    notes: bool = field(default=False)
    output: str | None = field(default=None)
    receipt: str | None = field(default=None)
    letterhead: Letterhead | None = field(default=None)

    def write_receipt(self, program: Program, appraisal: Appraisal) -> None:
        """Write the receipt that was asked for, if one was."""
        if self.receipt is None:
            return
        from sespms_rules.cli.submit_command import texts_beside
        from sespms_rules.review import rating_receipt, receipt_page

        policy = self.compiled.compilations[0].source.name
        made = rating_receipt(Path(policy).name, texts_beside(policy), program.name, appraisal)
        with written_to(self.receipt) as file:
            file.write(receipt_page(made))
        click.echo(f"the receipt is `{self.receipt}`", err=True)

    def write(self, findings: tuple[Diagnostic, ...], text: str = "", content: dict[str, Any] | None = None) -> None:
        """Write findings and, where there is one, what was explained."""
        refuse_letterhead(self.form, self.letterhead)
        with written_to(self.output if self.form in ("text", "json") else None) as file, redirect_stdout(file):
            self._print(findings, text, content)

    def write_letter(self, told: Explanation, appraisal: Appraisal, findings: tuple[Diagnostic, ...]) -> None:
        """Write a letter to the executive; what was found is told on standard error."""
        from sespms_rules.documents import letter

        provenance = provenance_of(self.compiled, self.reading, *self.others)
        shown, _ = shown_of_policy(findings, notes=self.notes)
        if shown:
            click.echo(findings_as_text(shown), err=True)
        write_document(
            letter(told, appraisal, provenance, self.reading.as_of), self.form, self.output, letterhead=self.letterhead
        )

    def _print(self, findings: tuple[Diagnostic, ...], text: str, content: dict[str, Any] | None) -> None:
        provenance = partial(provenance_of, self.compiled, self.reading, *self.others)
        if self.form == "json":
            told = provenance_as_data(provenance()) | {"findings": findings_as_data(findings)}
            print_json("sespms-explain/1", **told, **(content or {"trace": None}))
            return
        errors = has_errors(findings)
        of_policy = () if errors else self.compiled.diagnostics
        kept, unshown = shown_of_policy(of_policy, notes=self.notes)
        shown = (*kept, *(each for each in findings if each not in of_policy))
        listed = findings_as_text(shown, colour=wants_colour()) if shown else ""
        parts = (listed, text) if errors else (text, listed, notes_said(unshown))
        click.echo("\n\n".join(each for each in parts if each))
        if self.reading.tells:
            print_provenance(provenance())


def _explain_roster(asked: tuple[str, str], system: str | None, printing: _Printing) -> int:
    """Explain the executive with an id in a roster, by the text that is used; return the exit code."""
    compiled = printing.compiled
    text = used(compiled.compilations[0], system, printing.reading)
    printing = replace(printing, others=text.texts)
    findings = compiled.diagnostics + tuple(each for each in text.findings if each not in compiled.diagnostics)
    if text.program is None:
        printing.write(findings)
        return tell_nothing_done("nothing was explained")
    return _explain_row(text.program, findings, *asked, printing)


def _explain_row(program: Program, findings: tuple[Diagnostic, ...], roster: str, key: str, printing: _Printing) -> int:
    """Explain the executive with an id in a roster; return the exit code."""
    opened = open_roster(Path(roster), program)
    if opened.file is not None:
        printing = replace(printing, others=(*printing.others, opened.file))
    findings += opened.findings
    if has_errors(opened.findings):
        printing.write(findings)
        return 1
    row = row_named(opened, key, f"`{roster}`")
    findings += opened.told_later()
    if row.appraisal is None:
        _print_refused(row, findings, roster, printing)
        return 1
    return _explain(program, row.appraisal, findings, printing)


def _explain(program: Program, appraisal: Appraisal, findings: tuple[Diagnostic, ...], printing: _Printing) -> int:
    told = explained(program, appraisal)
    printing.write_receipt(program, appraisal)
    if printing.form not in ("text", "json"):
        printing.write_letter(told, appraisal, findings)
        return int(told.rating.outcome is Outcome.REFUSED or has_errors(findings))
    content = told.as_json()
    del content["schema"]
    printing.write(findings, printable(told.as_text()), content)
    return int(told.rating.outcome is Outcome.REFUSED or has_errors(findings))


def _keeps_from_explaining(findings: tuple[Diagnostic, ...], scenario: str | None) -> bool:
    """Whether an error stands in the way. That a scenario fails does not: why it does is what is asked."""
    errors = {each.code for each in findings if each.severity is Severity.ERROR}
    return bool(errors - ({SCENARIO_FAILS.code} if scenario is not None else set()))


def _of_scenario(compilation: Compilation, name: str, system: str | None) -> tuple[Program, Appraisal]:
    """The program and the appraisal of a scenario of a system or of an amendment. Raises a usage error for none."""
    policy = compilation.policy
    found = [
        (each.name, scenario) for each in policy.systems if system in (None, each.name) for scenario in each.scenarios
    ]
    found += [(each.amends, scenario) for each in policy.amendments for scenario in each.scenarios]
    chosen = [(of, scenario) for of, scenario in found if scenario.name == name]
    if not chosen:
        names = [scenario.name for _, scenario in found]
        listed = "`sespms test` lists the scenarios" if names else "the policy has no scenario"
        help = did_you_mean(nearest_name(name, names), listed)
        raise click.UsageError(f"there is no scenario `{name}` in `{compilation.source.name}`; {help}")
    of, scenario = chosen[0]
    program = program_for(compilation, of, scenario.amendment)
    if program is None:
        raise click.UsageError(f"scenario `{name}` cannot be run: its policy or amendment has errors")
    return program, appraisal_of(scenario)


def _print_refused(row: RosterRow, findings: tuple[Diagnostic, ...], roster: str, printing: _Printing) -> None:
    content = as_data(RatedRow(row.number, row.id, None, row.refusals)) | {"trace": None}
    reasons = [refusal_as_text(each, f"{printable(roster)}:{each.row or row.number}") for each in row.refusals]
    printing.write(findings, "\n\n".join(reasons), content)
