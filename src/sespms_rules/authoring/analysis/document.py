"""What is known of one text, as data: what every surface shows and edits, and nothing of how it is shown.

Each class is a part of the JSON document whose schema is published as docs/schemas/analysis.schema.json; what a field
means is said once, beside its type. Places count characters, lines and columns as people see them: no surface has to
count bytes.
"""

from __future__ import annotations

from typing import Annotated

from sespms_rules.foundation.values import Frozen

SCHEMA = "sespms-analysis/1"
"""The kind of the document and its version."""


class Place(Frozen, often=True):
    """Where something stands in the text."""

    start: Annotated[int, "the first character, counted from 0"]
    end: Annotated[int, "the character behind the last, counted from 0"]
    line: Annotated[int, "the line of the first character, counted from 1"]
    column: Annotated[int, "the column of the first character, counted from 1"]
    end_line: Annotated[int, "the line of the end, counted from 1"]
    end_column: Annotated[int, "the column just behind the last character, counted from 1"]


class Replacing(Frozen):
    """One edit: the words at a place give way to others; a place without words is where the others are put in."""

    place: Annotated[Place, "what gives way"]
    replacement: Annotated[str, "the new words"]


class Moved(Frozen):
    """Whom a fix moves, of all appraisals that are possible before and after it."""

    moved: Annotated[
        int | None,
        "how many end at another level, or at one instead of none; what is reported beside the level is not in this "
        "count, and `said` tells where it may change; null where they were not counted",
    ]
    of: Annotated[int | None, "of how many that both texts allow; null where they were not counted"]
    plans: Annotated[bool, "whether it changes which plans are allowed too"]
    said: Annotated[str, "the same in words, with the reason where they were not counted"]


class Remedy(Frozen):
    """A fix of a finding."""

    title: Annotated[str, "what it does, in a few words"]
    sure: Annotated[bool, "whether it cannot alter what the author meant; else it is a proposal"]
    edits: Annotated[tuple[Replacing, ...], "the edits that carry it out together"]
    before: Annotated[str, "the whole lines it touches, as they stand"]
    after: Annotated[str, "the same lines once it is carried out"]
    moves: Annotated[
        Moved | None,
        "whom it moves; null where what is computed stays as it is, nothing could be computed, or nobody asked",
    ]


class Remark(Frozen):
    """A second place that matters to a finding."""

    message: Annotated[str, "why it matters, in a few words"]
    path: Annotated[str, "the file it stands in"]
    place: Annotated[Place, "where it stands"]
    text: Annotated[str, "the words there"]


class Found(Frozen):
    """A finding."""

    code: Annotated[str, "`SES` and three digits; `sespms page CODE` shows what is known of it"]
    name: Annotated[str, "the defect in words"]
    severity: Annotated[str, "`error`, `warning` or `note`; only an error keeps a policy from being run"]
    message: Annotated[str, "what is wrong, in one sentence"]
    help: Annotated[str, "what to do; empty where nothing more is to be said"]
    path: Annotated[str, "the file it is in: this text, or one that it rests on"]
    place: Annotated[Place | None, "where it is, in the text of that file; null where it is in no place"]
    text: Annotated[str, "the words it speaks of"]
    labels: Annotated[tuple[Remark, ...], "other places that matter to it"]
    fixes: Annotated[tuple[Remedy, ...], "how it can be mended in this text"]
    citations: Annotated[tuple[str, ...], "the provisions it rests on"]
    fingerprint: Annotated[str, "the same for the same code, message and words, wherever they stand"]


class Field(Frozen, often=True):
    """A value in a sentence that a form can change: to change it, put other words in its place."""

    name: Annotated[str, "what it is in the sentence, such as `limit.amount`"]
    kind: Annotated[str, "`number`, `day`, `wording`, `prose`, `code` or `choice`"]
    value: Annotated[str, "its words as they stand, without quotation marks"]
    place: Annotated[Place, "where they stand, quotation marks included"]
    choices: Annotated[tuple[str, ...], "what may stand in the place of a choice, the present word among them"]


class SentenceShown(Frozen):
    """A sentence of a part."""

    kind: Annotated[str, "what the phrase book calls it, such as `weight total`"]
    means: Annotated[str, "what it says, in a few words"]
    place: Annotated[Place, "where the sentence stands, without its edit and its authority"]
    edit: Annotated[str | None, "`strike` or `insert`; null where it does neither"]
    authority: Annotated[str | None, "the provision it names behind `under`"]
    fields: Annotated[tuple[Field, ...], "what can be changed in it"]


class PartShown(Frozen):
    """A block of the text: a head, or a part below one."""

    kind: Annotated[str, "its heading without names, such as `critical element`"]
    name: Annotated[str | None, "the name in its heading"]
    of: Annotated[str | None, "the name of the head it belongs to; null for a head"]
    place: Annotated[Place, "all of it"]
    heading: Annotated[Place, "its heading"]
    sentences: Annotated[tuple[SentenceShown, ...], "what it says, in order"]


class Coloured(Frozen, often=True):
    """A run of characters, and what it is."""

    start: Annotated[int, "the first character, counted from 0"]
    end: Annotated[int, "the character behind the last"]
    kind: Annotated[
        str,
        "`heading`, `keyword`, `choice`, `element`, `name`, `prose`, `number`, `day`, `code`, `sign`, `note`, `fault`",
    ]


class Fold(Frozen):
    """Lines that can be folded away behind the first of them."""

    line: Annotated[int, "the first, counted from 1; it stays in view"]
    end_line: Annotated[int, "the last"]
    kind: Annotated[str, "`text` for all below a head, `part`, `prose` or `notes`"]


class Answering(Frozen):
    """Words of a text that answer what the law asks."""

    path: Annotated[str, "the file they stand in"]
    place: Annotated[Place, "where they stand there"]
    text: Annotated[str, "the words"]


class Missing(Frozen):
    """A sentence that would answer, and where it goes."""

    part: Annotated[str, "the heading of the part it belongs to"]
    words: Annotated[str, "the sentence"]
    to_decide: Annotated[str, "what only the author knows about it; empty where nothing is open"]
    edits: Annotated[tuple[Replacing, ...], "the edits that write it"]


class Asked(Frozen):
    """One sentence of a requirement, and how the text stands to it."""

    asked: Annotated[str, "the words of the edition"]
    verdict: Annotated[str, "as in `sespms check --format json`"]
    said: Annotated[str, "the verdict as people are told it"]
    why: Annotated[str, "the reason, in one sentence"]
    cure: Annotated[str, "what to write; empty where nothing is amiss"]
    binding: Annotated[bool, "whether it binds, and is not only advised"]
    answers: Annotated[tuple[Answering, ...], "the sentences that it rests on"]
    missing: Annotated[tuple[Missing, ...], "the sentences that would answer it"]


class RequirementShown(Frozen):
    """A requirement of the law that binds a system, and the verdict on it."""

    system: Annotated[str, "the system"]
    baseline: Annotated[str, "the rules it stands in"]
    edition: Annotated[str | None, "the first day of the edition; null where it states none"]
    citation: Annotated[str, "its citation"]
    title: Annotated[str, "its title"]
    law: Annotated[str, "the requirement as the edition words it"]
    path: Annotated[str, "the file of the edition"]
    line: Annotated[int, "the line there on which it begins, counted from 1"]
    verdict: Annotated[str, "as in `sespms check --format json`"]
    said: Annotated[str, "the verdict as people are told it"]
    fails: Annotated[bool, "whether it makes the check fail"]
    binding: Annotated[bool, "whether it binds"]
    confidence: Annotated[str, "how far the edition was compared with the law"]
    remark: Annotated[str, "what the edition notes beside that"]
    sentences: Annotated[tuple[Asked, ...], "each of its sentences that asks something"]


class GuaranteeShown(Frozen):
    """A guarantee that a system states itself."""

    system: Annotated[str, "the system"]
    words: Annotated[str, "the guarantee"]
    place: Annotated[Place | None, "where it is stated; null where that is another text"]
    verdict: Annotated[str, "`proved`, `refuted` or `undecided`"]
    why: Annotated[str, "the reason; a refutation names the appraisal that breaks it"]
    cure: Annotated[str, "what to do; empty where nothing is amiss"]


class ScenarioShown(Frozen):
    """A worked example and what came of it."""

    name: Annotated[str, "its name"]
    place: Annotated[Place | None, "its heading; null where it stands in another text"]
    passed: Annotated[bool, "whether all that it expects came"]
    expected: Annotated[str, "what it expects, in words"]
    got: Annotated[str, "what came, in words"]
    score: Annotated[str | None, "the score, exactly; null where there is none"]
    level: Annotated[int | None, "the level; null where there is none"]


class LevelShown(Frozen):
    """A level of a system."""

    number: Annotated[int, "5 is the best"]
    term: Annotated[str, "what the agency calls it"]
    points: Annotated[str, "its points, exactly"]


class ElementShown(Frozen):
    """An element that a system names."""

    name: Annotated[str, "its name"]
    critical: Annotated[bool, "whether it is critical"]


class SystemShown(Frozen):
    """A system of the text, its changes carried out."""

    name: Annotated[str, "its name"]
    bases: Annotated[tuple[str, ...], "the systems it is based on, the nearest first"]
    levels: Annotated[tuple[LevelShown, ...], "its levels, the best first"]
    elements: Annotated[tuple[ElementShown, ...], "its elements"]
    rates: Annotated[bool, "whether appraisals can be rated by it: nothing in it is an error"]


class Analysis(Frozen):
    """All that is known of one text."""

    name: Annotated[str, "what the text is called in findings"]
    summary: Annotated[str, "the first sentence of the report"]
    systems: Annotated[tuple[SystemShown, ...], "its systems"]
    findings: Annotated[tuple[Found, ...], "as `sespms check` tells them, in its order"]
    parts: Annotated[tuple[PartShown, ...], "its blocks, in order, each with its sentences and their fields"]
    tokens: Annotated[tuple[Coloured, ...], "what stands in it, in order; blanks are left out"]
    folds: Annotated[tuple[Fold, ...], "what can be folded away"]
    requirements: Annotated[tuple[RequirementShown, ...], "what the law asks of its systems"]
    guarantees: Annotated[tuple[GuaranteeShown, ...], "what its systems guarantee themselves"]
    scenarios: Annotated[tuple[ScenarioShown, ...], "its worked examples"]
