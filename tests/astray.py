"""The kinds of fault that led an author or policy staff astray: descriptions, natural sentences and what-if studies.

A test is of a kind by its mark, `@pytest.mark.case("the kind")`; `test_kinds_found.py` counts what was collected.
"""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    # What a description says and does not mean.
    "sentences that analysts type": (
        "a sentence as people say it was refused with a bare list of words, or led to another that was refused too",
        "read where the meaning is plain, else one help leads there in one step",
    ),
    "helps in a chain": (
        "`all elements` was led into quotes, and then to an element of that name",
        "words of the language in quotes are led out of them, and nothing is declared for them",
    ),
    "helps for another scale": (
        "weights beside an average were led to the sum of points times weight, by whose lines everyone gets level 5",
        "led to a formula whose scores are those of the lines, or to lines for such scores",
    ),
    "percentages of examples": ('`expect "payout" 4%` was led to 4', "to 0.04, the number that the table gives"),
    "numbers of a table": ("`4 gives 2%` was refused with a list of words", "led to `exactly 4 gives 2%`"),
    "one critical element": ("`has exactly 1 critical element` was refused", "read, and so is every number of one"),
    # What a description does.
    "caps that raise": (
        "`makes the rating level 3`, meant as a cap, raised whoever was below it, in a note at most",
        "a warning with an appraisal that it raises, and the cap beside it",
    ),
    "patterns under wider ones": (
        "a level whose pattern stood under a wider one was never given, and nothing was found",
        "an error at the line, with the line to be moved up; so for conditions on scores and for `not rated when`",
    ),
    "sums of what was rated": (
        "who was rated 5 in everything rated got level 4 or 1 where an element was left out of a sum",
        "a warning with such an appraisal, and the formula that rates on what was rated alone",
    ),
    "gaps of the partly rated": (
        "scores that only partly rated executives have fell in no line, and the rows were refused later",
        "found by `check`, with the appraisal that shows it",
    ),
    "failures inside an element": (
        "what is asked of lines that outweigh a failure was not asked of an element derived by lines of its own",
        "asked there too, with a help that fits an element which its lines never bring to the lowest level",
    ),
    "acceptances without a trace": (
        "an accepted finding left no trace outside the Senior Executive Service",
        "told as accepted with its reason, or as an acceptance of nothing",
    ),
    "two verdicts on a page": (
        "a page said that no requirement is broken above a proof that one is",
        "one verdict in every form, with or without proofs",
    ),
    "findings of several systems": (
        "equal warnings of three systems of one file did not say which system they are of",
        "each stands at its own place, or is told once, or names its system",
    ),
    # Examples and changes of a description.
    "mutants that end a run": (
        "one odd change, of a value that cannot be worked out, ended a measurement with a disagreement of engines",
        "solver and reference say the same, and one disagreement costs one change",
    ),
    "failing examples that stop": (
        "one example that fails stopped proofs, measurements and comparisons",
        "told loudly, and the work is done; any other error stops them",
    ),
    "weights of derived elements": (
        "the weight of an element that is derived could be given only beside `not rated`",
        "given alone; where the element is rated as a whole, that is told",
    ),
    # Rosters and results of a description.
    "headings without level": (
        "`Audit` for `Audit level`, an element of the plans, was dropped, and who failed in it got level 5",
        "no row is rated before the heading says what the column is; words of the regulation are levels too",
    ),
    "elements of plans of their own": (
        "executives with different elements could not stand in one table, and nothing said that JSON takes them",
        "`not in plan` in a table, one row for each rating, or a record for each executive",
    ),
    "scores of refused rows": (
        "the reference printed a score of a row that was refused, and no other engine did",
        "no engine does",
    ),
    "ratings missing inside an element": (
        "a missing rating of an element that is derived was asked for at the element",
        "asked for at the requirement, or at the line that leaves the element not rated",
    ),
    "outputs by their ending": ("`--output x.xlsx` wrote text", "the ending says the form, or is refused"),
    # What if the description were another.
    "small counts that can be found": (
        "few who move were withheld in the table and found from its totals, where the amendment lets nobody rise",
        "withholding knows which moves are possible, and one who takes differences learns of nobody",
    ),
    "variants that check refuses": (
        "a sweep proposed `score 475 to 474 is level 4`, which `check` refuses",
        "never proposed; that nobody would have a level is said",
    ),
    "amendments of one name": (
        "of two amendments of one name the first was dropped",
        "both, told apart by their files",
    ),
    "amendments built on others": (
        "an amendment of what another inserts was led in a circle, and `check` passed a text that no day can have",
        "carried out behind the other, by name or by day; alone it is led there, and what no day can have is told",
    ),
    "options named twice": (
        "of an option given twice the last alone held, without a word",
        "all of them where several make sense, else a usage error",
    ),
    "steps of one rating": (
        "`impact` called one step what `explain` called two, for a rating on levels 5, 3 and 1",
        "a step is to the next level that the element can have",
    ),
    "uncertainty of a limit": (
        "an executive without an appointment left a limit undecided, and one who was refused did not",
        "the same uncertainty is the same verdict, and a unit that may be the office counted apart is told",
    ),
    "invented plans all alike": (
        "every invented plan had weights 99 and 1 and additional ratings of 0",
        "drawn over all that the policy allows, alike for alike; units, appointments and a distribution are options",
    ),
    "amendments of elements": (
        "three helps in a circle kept an amendment from adding an element",
        "elements are added, merged and dropped, and each study answers of what comes out",
    ),
    "amended texts with faults": (
        "errors of an amended text pointed at lines that it does not change, and nothing was compared",
        "told at the line of the amendment, compared and counted, with those who get no level",
    ),
    "left-out offices": (
        "executives of an office that the system leaves out were rated, counted and swept",
        "refused in every engine, in no limit, counted as refused in sweeps",
    ),
    "least changes": (
        "the least of a grid was called the least change, and the nearest brought nothing",
        "found exactly, or said to be of those tried; what brings nothing is not called the nearest",
    ),
    "headlines that mislead": (
        "a rule met above a limit that is exceeded, sums that do not add up, 0 awards where no appointment is known",
        "what is asked of the text says so, sums add up, and what is not known is a range",
    ),
    "pictures of scores": (
        "columns of scores of unequal width, other ones before and after, labels beside another line",
        "one scale and one set of columns for both, and each label at its line",
    ),
}
"""By the name of a kind: what was seen, and what is right."""
