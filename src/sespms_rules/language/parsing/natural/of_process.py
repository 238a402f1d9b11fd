"""How people say what is done in a year: plans and reviews, appraisals, steps, the board, what follows, records."""

from __future__ import annotations

from sespms_rules.language.parsing.natural.ways import MORE, NUMBER, Way, likely, sure

_OF_WRITING = (
    (
        r"^(?:must be |shall be |is |are |will be )?(?:written|documented in writing|documented|put in writing|in writing)$",
        "is in writing",
    ),
)
_ONCE = r"(?:once|1 time|one time)"
_A_YEAR = r"(?:(?:a|per|each|every) (?:calendar |fiscal )?(year)|annually|yearly)"
_A_PERIOD = (
    r"(?:per|each|every|in each|during each|during the|in the|a) (?:appraisal |rating |performance )?(?:period|cycle)"
)
_VERB = r"(?:happens|is reviewed|is held|is required|is done|is conducted|takes place|occurs|is evaluated|are held)"

OFTEN: tuple[Way, ...] = (
    *sure(
        (r"^(?=at least \d+ times? each (?:year|period)$)", "happens "),
        (rf"^{_VERB} (?=at least|at most|exactly|once|twice|annually|every|yearly|quarterly)", "happens "),
        (
            rf"\b(?:at least |at minimum |no less than |minimum of )(?:{_ONCE}|one|1) {_A_PERIOD}$",
            "at least 1 time each period",
        ),
        (rf"\b(?:at least |no less than )(?:{_ONCE} |one |1 )?{_A_YEAR}$", "at least 1 time each year"),
        (rf"\b(?:at most |no more than )(?:{_ONCE} |one |1 )?{_A_YEAR}$", "at most 1 time each year"),
        (rf"\b(?:at least |no less than )(?:twice|2 times|two times) {_A_YEAR}$", "at least 2 times each year"),
        (r"\b(?:at least |no less than )?(?:once |1 time )?every (\d+) years$", r"at least 1 time every \1 years"),
        (r"\b(?:at least )(?:once)$", "at least 1 time each period"),
        (
            r"^at least (?:one|1)(?: progress review)?(?: is held| is required| happens)? (each (?:year|period)|per year|a year)$",
            "happens at least 1 time each year",
        ),
    ),
    Way(r"^happens (?:annually|yearly|every year|each year)$", "happens at least 1 time each year", True),
    Way(
        rf"^happens {_ONCE} {_A_YEAR}$",
        "happens at least 1 time each year",
        False,
        "`exactly` where it may not happen more often",
    ),
    Way(
        rf"^happens {_ONCE} {_A_PERIOD}$",
        "happens at least 1 time each period",
        False,
        "`exactly` where it may not happen more often",
    ),
    Way(
        rf"^happens (?:twice|two times|2 times) {_A_YEAR}$",
        "happens at least 2 times each year",
        False,
        "`exactly` where it may not happen more often",
    ),
    Way(
        r"^happens (?:quarterly|every quarter)$",
        "happens at least 4 times each year",
        False,
        "`exactly` where it may not happen more often",
    ),
)

OF_DEVELOPMENT: tuple[Way, ...] = (
    *sure(
        (
            r"^(?:each|every|all) executives? (?:has|have|gets|receives|must have) an? (?:executive |individual )?(?:development plan|EDP|IDP)$",
            "gives each executive a development plan",
        ),
        (
            r"^gives (?:each|every|all) executives? an? (?:executive |individual )?development plan$",
            "gives each executive a development plan",
        ),
    ),
    *(
        Way(
            each.pattern.replace("^happens", "^is reviewed"),
            each.made.replace("happens", "is reviewed") if isinstance(each.made, str) else each.made,
            each.sure,
            each.note,
        )
        for each in OFTEN[1:]
    ),
)

_START = r"(?:the )?(?:start|beginning|first day) of (?:the |each )?(?:appraisal |rating |performance )?(?:period|cycle|year)"
_END = r"(?:the )?(?:end|close|last day) of (?:the |each )?(?:appraisal |rating |performance )?(?:period|cycle|year)"
_PERIOD = r"(?:the )?(?:appraisal |rating |performance )?(?:period|cycle|year)"

EVENTS = sure(
    (rf"\b{_START}\b", "period start"),
    (rf"\b{_PERIOD} (?:starts|begins)\b", "period start"),
    (rf"\b{_END}\b", "period end"),
    (rf"\b{_PERIOD} (?:ends|closes|is over)\b", "period end"),
    (r"\bat (?=period start)", "by "),
    Way(
        r"\bwithin (\d+) (?:calendar )?(days?|months?|years?) of (?=period start)",
        r"within \1 \2 after ",
        False,
        "`by period start` where it is done before",
    ),
    (r"\bwithin (\d+) (?:calendar )?(days?|months?|years?) (?:of|from|following) ", r"within \1 \2 after "),
    (r"\b(?:no|not) later than (\d+) (?:calendar )?(days?|months?) (?:after|following|from) ", r"within \1 \2 after "),
    (r"\b(\d+) (?:calendar|consecutive) days\b", r"\1 days"),
    (r"\b(\d+) weeks\b", lambda found: f"{int(found[1]) * 7} days"),
    (
        r"\b(?:upon|after|following) (?:completion of )?(?=period end|initial rating|board recommendation|annual rating)",
        "after ",
    ),
)

_PLANS_ARE = r"^(?:the |all |each |every |an? )*(?:executive )?(?:performance )?plans? "

OF_PLANS = (
    *sure(
        (_PLANS_ARE + r"(?:are|is|must be|shall be|will be) ", "is "),
        (_PLANS_ARE + r"(?:must |shall )?(?:includes?|contains?|has|have) ", "includes "),
        (r"^(?:must|shall|will) be ", "is "),
        Way(
            r"^(?:the )?rating officials? (?:must |shall )?consults? with (?:the |each )?executives?(?: on (?:the|their) plans?)?$",
            "is developed by rating official in consultation with executive",
            False,
        ),
        *_OF_WRITING,
        *EVENTS,
        (
            r"^is (?:developed|established|written|prepared|created|set) (?:jointly )?by (?:the )?(.+?),? (?:in consultation )?(?:with|and) (?:the )?executive$",
            r"is developed by \1 in consultation with executive",
        ),
        Way(
            r"^is (?:given|communicated|provided|issued|delivered|finalized|established|approved|completed|in place|due)(?: to (?:the |each )?executives?)? (?=by|within|at|before|after|no later|not later)",
            "is communicated ",
            False,
        ),
        (r"^(?:has|contains|includes|consists of) ", "includes "),
        (r"\bperformance (?=standards|requirements?)", ""),
        (r"^is reviewed for consistency by (?:the )?(.+)$", r"is reviewed for consistency by \1"),
        (r"^(?:each|every) (critical element|requirement) (?:must have|has|contains|includes) ", r"each \1 has "),
        Way(
            r"^(?:each|every) element (?:must have|has) ",
            "each critical element has ",
            False,
            "this says nothing of noncritical ones",
        ),
        (
            r"^(?:each|every) requirement (?:is|must be) (?:linked|aligned|tied)(?: to| with) (?:a|at least 1|at least one|one)? ?(?:agency |organizational )?(?:strategic )?goals?$",
            "each requirement has at least 1 strategic goal",
        ),
        Way(
            r"^(?:links|is linked|is aligned|aligns|is tied) (?:to|with) (?:the )?(?:agency's )?strategic (?:plan|goals)$",
            "each requirement has at least 1 strategic goal",
            False,
        ),
        Way(r"^is developed in consultation with ", "is developed by rating official in consultation with ", False),
    ),
    Way(r"^is (?:in writing|written) and .*$", "is in writing", False, "the language does not say more of its form"),
    Way(r"^is reviewed by (?:the )?(.+)$", r"is reviewed for consistency by \1", False),
    Way(
        r"^(is communicated within \d+ \w+)$",
        r"\1 after period start",
        False,
        "name another event where the days are counted from one",
    ),
)

_FEEDBACK = Way(
    r"^(?:gives|provides|offers) feedback(?: to (?:the |each )?executives?)?$",
    "gives feedback at least 1 time each period",
    False,
    "say how often it is given",
)

OF_REVIEWS: tuple[Way, ...] = (
    *sure(
        (
            r"^(?:happens|is held|takes place) (?:mid-?year|at mid-?year|in the middle of the (?:year|period))$",
            "includes a mid-year review",
        ),
        (
            r"^(?:there is |there are |has )?(?:at least )?(?:one|1|a) (?:mid-?year|interim) review(?: is held)?$",
            "includes a mid-year review",
        ),
        Way(
            r"^(?:there is |there are )?(?:at least )?(?:one|1|a) progress review$",
            "happens at least 1 time each period",
            False,
        ),
        (
            r"^(?:there is )?(?:at least )?(?:one|1) (?:progress|mid-?year|interim) review (?:is |must be |shall be )?(?:held |conducted |required |completed |done )?(?=each|every|per|a |during|in )",
            "happens at least 1 time ",
        ),
        (
            r"^(?:the |all |each |every |an? )*(?:progress|mid-?year|interim) reviews? (?:is|are|must be|shall be|takes? place|happens?) ",
            "is ",
        ),
        (r"^(?:must|shall|will) be ", "is "),
        (r"^(?:includes|addresses|discusses) (?=(?:all|each|every) (?:of the )?critical)", "covers "),
        *_OF_WRITING,
        (r"^covers (?:all|each|each of the|all the|all of the) critical elements?$", "covers every critical element"),
        Way(
            r"^(?:tells|informs) (?:the |each )?executives? (?:how they are doing|of (?:the|their) (?:level of )?(?:performance|progress)|how (?:he or she|the executive) is doing)$",
            "tells the executive how the work stands",
            False,
        ),
        Way(
            r"^(?:gives|provides|offers) (?:advice|assistance|help|advice and assistance|feedback and (?:advice|help))$",
            "gives advice and help",
            False,
        ),
    ),
    _FEEDBACK,
    *OFTEN,
)

OF_APPRAISALS: tuple[Way, ...] = (
    *likely(
        (r"\bcustomer satisfaction\b|\bcustomer (?:perspectives?|feedback)\b", "customer views"),
        (r"\bemployee (?:perspectives?|feedback|satisfaction)\b", "employee views"),
        (r"\borganizational (?:performance|results)\b", "results"),
        (
            r"^(?:includes|requires|has) (?:a|an) (?:executive's |executive )?self-?assessment$",
            "includes an executive narrative",
        ),
    ),
    *sure(
        *_OF_WRITING,
        (
            r"^(?:rates|appraises|covers) (?:all|each|all of the|each of the) critical elements?$",
            "rates every critical element",
        ),
        (r"^(?:takes into account|takes account of|is based on|reflects|evaluates) ", "considers "),
        (r"\bEEO\b|\bequal employment opportunity\b", "equal opportunity"),
        (r" & ", " and "),
        (r"^(?:can ?not|may not|must not) be (?:appealed|grieved)$", "is not appealable"),
        (
            r"^(?:appeals are not allowed|no appeals?|is final and not appealable|has no appeal|there is no appeal)$",
            "is not appealable",
        ),
        Way(
            r"^(?:includes|requires|has|contains) a (?:written )?(?:summary )?narrative$",
            "includes a summary narrative",
            False,
        ),
        (
            r"^(?:has no|does not (?:use|have)(?: a)?|prohibits(?: a)?|no) forced distribution(?: of (?:levels|ratings))?$",
            "prohibits a forced distribution of levels",
        ),
        (
            r"^(?:a )?forced distribution (?:of (?:levels|ratings) )?is (?:prohibited|not allowed)$",
            "prohibits a forced distribution of levels",
        ),
        Way(
            r"^(?:gives |requires )?(?:a )?(?:written )?(?:justification|reasons?)(?: is required)? (?:for )?(?:every |any |each |all )?(?:elements? )?(?:rated |at )?(?:at )?(level \d)$",
            r"gives written reasons for elements at \1",
            False,
        ),
    ),
    *OFTEN,
)

_RESPONSE = "written response by executive with at least {} after initial rating"
_STEP_GIVES = (
    r"(?:(?:must |shall |will )?(?:give|prepare|assign|make|write|complete|issue|draft|approve|determine|provide)s?)"
)

OF_STEPS: tuple[Way, ...] = (
    *sure(
        (
            r"^(?:the )?executive may (?:submit|provide|make|give|file) a written response to the initial (?:summary )?rating$",
            "written response by executive after initial rating",
        ),
        Way(
            r"^(?:the )?executive may (?:submit|provide|make|give|file) a written response within (\d+ days)(?: (?:of|after) the initial rating)?$",
            r"written response by executive with at least \1 after initial rating",
            False,
        ),
        Way(
            r"^(?:the )?appointing authority (?:must )?makes? the final decision",
            "annual rating by appointing authority",
            False,
        ),
    ),
    *likely(
        (
            r"^(?:the )?(?:PRB|board|performance review board) (?:reviews (?:the initial (?:summary )?ratings? )?and )?(?:makes a (?:written )?recommendations?|recommends (?:a|the) (?:annual |summary )?rating)(?: to the appointing authority)?$",
            "board recommendation by board after initial rating",
        ),
    ),
    *EVENTS,
    *likely(
        (
            r"\b(?:self-?assessment|self assessment|accomplishment report|executive's self-?assessment|executive's narrative)\b",
            "executive narrative",
        ),
        (
            r"^(?:the )?(?:PRB|board|performance review board) (?:reviews and )?makes a (?:written )?recommendations?(?: to the appointing authority)?$",
            "board recommendation by board after initial rating",
        ),
    ),
    *sure(
        (r"\binitial (?:summary )?ratings?\b", "initial rating"),
        (r"\b(?:annual summary|final summary|final|annual|summary) ratings?(?: of record)?\b", "annual rating"),
        (r"\b(?:PRB|performance review board|board)(?:'s)? (?:recommendations?|review)\b", "board recommendation"),
        (r"\bhigher[- ]level (review|official)", r"higher-level \1"),
        Way(
            r"\b(?:next[- ]higher|next[- ]level|second[- ]level|second[- ]line|higher)(?:[- ]level)? (?:official|supervisor)\b",
            "higher-level official",
            False,
        ),
        (r"^executive narrative (?!by)", "executive narrative by executive "),
        (r"^(?:executive )?response by\b", "written response by"),
        (r"\b(?:upon|if|when) request(?:ed)?\b", "on request"),
        (
            rf"^(?:the )?(.+?) {_STEP_GIVES} (?:the |an? )?(initial rating|annual rating|written response|higher-level review|guidelines|executive narrative)\b",
            r"\2 by \1",
        ),
        (
            r"^(initial rating|annual rating|higher-level review|board recommendation) (?:is|are) (?:given |made |assigned |prepared |done )?by\b",
            r"\1 by",
        ),
        (
            r"^(?:the )?executive may request (?:a )?higher-level review\b",
            "higher-level review by higher-level official on request",
        ),
        (r"\bafter considering (?:the )?(?=board recommendation)", "after "),
        (
            r"^(?:the )?(?:appointing authority|agency head|rating official) (may|may not|can ?not) (?=change the rating)",
            r"annual rating \1 ",
        ),
        (r"^(?:the )?higher-level official (may|may not|can ?not) (?=change the rating)", r"higher-level review \1 "),
        (r"^(?:the )?(?:board|PRB) (may|may not|can ?not) (?=change the rating)", r"board recommendation \1 "),
        (r"\bcan ?not (?=change)", "may not "),
        (r"^(.+? may) be changed for written reasons$", r"\1 change the rating for written reasons"),
    ),
    Way(r"^(.+? may change the rating)$", r"\1 for written reasons", False),
    Way(r"\b(?:at|on) (?=period end)", "after ", False),
    Way(
        r"^(?:the )?executive (?:may respond in writing within|has|has at least|may respond within|gets) (\d+ (?:days|months))(?: to respond)?(?: in writing)?(?: to the initial rating)?$",
        _RESPONSE.format(r"\1"),
        False,
    ),
    Way(
        r"^(?:the )?executive may respond(?: in writing)?(?: to the initial rating)?$",
        "written response by executive after initial rating",
        False,
    ),
    Way(r"^written response by executive within (\d+ (?:days|months))$", _RESPONSE.format(r"\1"), False),
    Way(
        r"^(.*\bby [\w -]+?) within (\d+ (?:days|months))$",
        r"\1 within \2 after period end",
        False,
        "name another event where the days are counted from one",
    ),
    Way(
        r"^(.*\bofficial|.*\bauthority|.*\bhead|.*\bboard) (\d+ (?:days|months)) after ", r"\1 within \2 after ", False
    ),
    Way(r"^(initial rating) (?=within|after|by period|before)", r"\1 by rating official ", False),
)

_MAJORITY = "it asks for the majority where a career executive is considered, as the law does"
OF_BOARDS = sure(
    (r"^(?:the |each )?(?:PRB|performance review board|board) (?=has|is|must|considers|reviews|recommends|makes|publishes|consists)", ""),
    (rf"^{NUMBER} {MORE} members$", r"has at least \1 members"),
    Way(r"^(?:the )?majority of (?:the )?members (?:must be|are) career ?(?:SES|executives|appointees)?(?: members)?$", "has a career majority for career executives", False, _MAJORITY),
    (r"^(?:PRB )?members (?:can ?not|may not|must not|do not) (?:participate|take part|sit) in their own (?:review|appraisal|case)s?$", "excludes members from their own appraisal"),
    Way(r"^(?:PRB |board )?members(?:' names)? are published in the Federal Register$", "publishes appointments before board service", False),
    *EVENTS,
    (rf"^(?:consists of|has|is made up of|must have|is composed of)? ?(?:a )?(?:minimum of|at least|no fewer than) {NUMBER} members$", r"has at least \1 members"),
    (rf"^(?:consists of|has|must have) {NUMBER} {MORE} members$", r"has at least \1 members"),
    Way(r"^(?:(?:a |the )?majority (?:of (?:the )?members (?:are|is|must be) )?career(?: appointees| executives)?|has a (?:career majority|majority of career (?:members|appointees|executives))|more than (?:half|1/2|one-half) (?:of )?(?:the )?members (?:are|must be) career(?: appointees| executives)?)$", "has a career majority for career executives", False, _MAJORITY),
    (r"^(?:PRB |board )?(?:members|the members|is|are)(?: are| is| shall be| must be)? appointed by (?:the )?", "is appointed by "),
    (r"^(?:(?:member )?names|appointments|members' names|membership)(?: are| is| shall be| must be)? published(?: in the Federal Register)? before (?:the )?(?:service|board service|they serve|members serve)(?: begins| starts)?$", "publishes appointments before board service"),
    Way(r"^(?:(?:member )?names|appointments|members' names|membership)(?: are| is) published in the Federal Register(?: before (?:they|members) serve)?$", "publishes appointments before board service", False),
    Way(r"^publishes (?:(?:member )?names|appointments|membership)(?: in the Federal Register)?(?: before (?:they|members) serve)?$", "publishes appointments before board service", False),
    (r"^(?:members (?:may not|do not|can ?not) (?:review|consider|vote on|take part in) their own (?:ratings?|appraisals?|case)|members recuse themselves(?: from their own (?:appraisal|rating)s?)?|excludes members from their own (?:ratings?|appraisals|case))$", "excludes members from their own appraisal"),
    (r"^(?:reviews|considers|reads|evaluates) (?:the )?", "considers "),
    (r"\binitial (?:summary )?ratings\b|\binitial summary rating\b", "initial rating"),
    (r"\b(?:the )?executive'?s? (?:written )?response\b", "written response"),
    (r"^(?:makes|gives|provides|submits) (?:a )?(?:written recommendations?|recommendations? in writing)(?: to (?:the )?(?:appointing authority|agency head))?$", "recommends in writing"),
    (r"^(?:recommends|recommendations are) in writing(?: to (?:the )?(?:appointing authority|agency head))?$", "recommends in writing"),
)  # fmt: skip
