"""`sespms new`: a first system from a dozen answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sespms_rules.authoring.questions import WrongAnswerError
from sespms_rules.cli.printing import print_findings
from sespms_rules.foundation.files_written import NotWrittenError, written_whole
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name

if TYPE_CHECKING:
    from sespms_rules.authoring.questions import Question


_LONGEST = 100_000
"""Letters of a file of answers."""

_INSTEAD = "answer in a terminal, or give `--answers FILE`"

_MOST_TRIES = 20
"""How often a question is asked before whoever answers is taken for a program."""


@click.command("new")
@click.argument("policy", metavar="POLICY")
@click.option("--answers", metavar="FILE", help="Take the answers from this TOML file and ask nothing.")
@click.option(
    "--from",
    "model",
    metavar="blank|opm_basic|opm_2025",
    default="blank",
    show_default=True,
    help="Begin from OPM's basic system or that of 2025; then only name, agency and first day are asked.",
)
@click.pass_context
def command(ctx: click.Context, policy: str, answers: str | None, model: str) -> None:
    """Ask a dozen plain questions and write POLICY, a system that checks without an error.

    What the law asks for is written under its citation; what only you can choose stands below `# to decide:`. A file
    that is there already is never written over. Worked examples stand at the end. Ends with code 1 where an answer
    breaks the law.
    """
    from sespms_rules.authoring.beginning import MODELS, begun_whole
    from sespms_rules.authoring.questions import answers_from

    if Path(policy).exists() or Path(policy).is_symlink():
        raise NotWrittenError(
            f"`{policy}` is there already", "name a new file, or complete that one: `sespms complete`"
        )
    if Path(policy).suffix != ".sespms":
        raise click.UsageError(f"`{policy}` is no name of a policy; end it in `.sespms`")
    if model not in MODELS:
        offer = did_you_mean(nearest_name(model, MODELS), f"a system begins from {backticked(MODELS)}")
        raise click.UsageError(f"there is no `{model}` to begin from; {offer}")
    try:
        given = answers_from(_only_asked(model, _read(answers)) if answers is not None else _asked(model))
    except WrongAnswerError as fault:
        raise click.UsageError(str(fault)) from None
    result = begun_whole(policy, model, given)
    with written_whole(policy) as file:
        file.write(result.text)
    left = sum(bool(each.to_decide) for each in result.written)
    click.echo(f"`{policy}` is written: {len(result.text.splitlines())} lines, {left} decisions left to you")
    errors = [each for each in result.findings if each.severity == "error"]
    if errors:
        print_findings(errors, err=True)
    click.echo(f"  look for `# to decide:` in it, then `sespms check {policy}`", err=True)
    ctx.exit(int(result.has_errors))


def _asked(model: str) -> dict[str, str]:
    """Ask on the terminal, each question until its answer can be used; of a model only what is its own."""
    from sespms_rules.authoring.beginning import questions_of

    return {each.key: _one(each) for each in questions_of(model)}


def _only_asked(model: str, given: dict[str, str]) -> dict[str, str]:
    """The answers of a file. Raises WrongAnswerError for one to a question that the model answers itself."""
    from sespms_rules.authoring.beginning import questions_of
    from sespms_rules.authoring.questions import QUESTIONS

    asked = {each.key for each in questions_of(model)}
    answered = next((each.key for each in QUESTIONS if each.key in given and each.key not in asked), None)
    if answered is not None:
        raise WrongAnswerError(f"`{answered}` is not asked where a system begins from `{model}`, which says it itself")
    return given


def _one(question: Question) -> str:
    from sespms_rules.authoring.questions import answer_to

    for _ in range(_MOST_TRIES):
        text = _line(question)
        try:
            answer_to(question, text)
        except WrongAnswerError as fault:
            click.echo(f"  {fault}", err=True)
            continue
        return text
    raise WrongAnswerError(f"`{question.key}` was answered {_MOST_TRIES} times and never so that it can be used")


def _line(question: Question) -> str:
    """The answer that is typed, or the next line of a file or pipe in the place of a keyboard.

    Raises WrongAnswerError where there is none, and for a line that is no text or too long for an answer.
    """
    if sys.stdin is None:
        raise WrongAnswerError(f"nobody can answer `{question.key}`: standard input is closed; {_INSTEAD}")
    try:
        if sys.stdin.isatty():
            return str(click.prompt(question.asked, default=question.default)).encode().decode()
        click.echo(f"{question.asked} [{question.default}]: ", nl=False)
        line = sys.stdin.buffer.readline(_LONGEST + 1)
        if not line:
            raise WrongAnswerError(f"standard input ends before `{question.key}` is answered; {_INSTEAD}")
        if len(line) > _LONGEST:
            raise WrongAnswerError(f"the answer to `{question.key}` has more than {_LONGEST:,} letters")
        return line.decode().rstrip("\r\n") or question.default
    except UnicodeError:
        raise WrongAnswerError(f"the answer to `{question.key}` is no text in UTF-8; {_INSTEAD}") from None


def _read(name: str) -> dict[str, str]:
    """The answers in a TOML file; lists and numbers count as they would be typed. Raises WrongAnswerError."""
    from sespms_rules.foundation.toml_text import TomlError, toml_values
    from sespms_rules.language.parsing import read_source

    source, _ = read_source(Path(name), name)
    if len(source.text) > _LONGEST:
        raise WrongAnswerError(f"`{name}` has more than {_LONGEST:,} letters; a dozen answers need some hundred")
    try:
        data = toml_values(source.text)
    except TomlError as fault:
        raise WrongAnswerError(f"`{name}` is {fault}; an answer is a text, a number or a list of them") from None
    return {key: _typed(name, key, value) for key, value in data.items()}


def _typed(name: str, key: str, value: Any) -> str:
    """A value as it would be typed: a list by commas. Raises WrongAnswerError for a table, or a list in a list."""
    values = value if isinstance(value, list) else [value]
    if any(isinstance(each, list | dict) for each in values):
        raise WrongAnswerError(f"`{key}` in `{name}` is no answer; it is a text, a number or a list of them")
    try:
        return ", ".join(_word(each) for each in values)
    except ValueError:
        raise WrongAnswerError(
            f"`{key}` in `{name}` is a number of thousands of digits, and no answer has so many"
        ) from None


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
