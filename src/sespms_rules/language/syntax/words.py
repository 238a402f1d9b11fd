"""The closed lists of the language: each member's value is how the language says it.

A plural is the same word as its singular; `_missing_` finds it, so that the grammar may allow both.
"""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A member of a closed list."""

    @classmethod
    def _missing_(cls, value: object) -> Word | None:
        for member in cls:
            if value in (member.value + "s", member.value.replace("competency", "competencies")):
                return member
        return None


class PartKind(Word):
    """What a block is about; its value is the heading of the block."""

    SYSTEM = "system"
    BASELINE = "baseline"
    OVERLAY = "overlay"
    AMENDMENT = "amendment"
    REQUIREMENT = "requirement"
    SCENARIO = "scenario"
    PERIOD = "appraisal period"
    PLAN = "performance plan"
    REVIEW = "progress review"
    CRITICAL_ELEMENT = "critical element"
    NONCRITICAL_ELEMENT = "noncritical element"
    LEVELS = "levels"
    STANDARDS = "standards"
    WEIGHTS = "weights"
    APPRAISAL = "appraisal"
    RATING = "summary rating"
    TABLE = "table"
    FACTS = "facts"
    STEPS = "rating steps"
    BOARD = "performance review board"
    CHANGES = "job changes"
    DISTRIBUTION = "distribution"
    USES = "uses of results"
    REWARDS = "awards and pay"
    DEVELOPMENT = "development"
    TRAINING = "training"
    EVALUATION = "evaluation"
    RECORDS = "records"
    GUARANTEES = "guarantees"
    LIST = "list"


HEADS = frozenset({PartKind.SYSTEM, PartKind.BASELINE, PartKind.OVERLAY, PartKind.AMENDMENT})
"""The kinds that open a document of their own."""


class Edit(Word):
    """What a line does to the text it changes."""

    STRIKE = "strike"
    INSERT = "insert"


class Noun(Word):
    """What a quantity speaks of inside one appraisal."""

    CRITICAL_ELEMENT = "critical element"
    NONCRITICAL_ELEMENT = "noncritical element"
    ELEMENT = "element"
    REQUIREMENT = "requirement"


class Quantifier(Word):
    """How many of them."""

    ANY = "any"
    NO = "no"
    EVERY = "every"
    MAJORITY = "more than half of the"
    HALF = "at least half of the"


class Comparator(Word):
    """How one value stands to another."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    EXACTLY = "exactly"


class Aggregation(Word):
    """How many values become one."""

    SUM = "sum"
    AVERAGE = "average"
    LOWEST = "lowest"
    HIGHEST = "highest"


class Measured(Word):
    """What is taken of each member."""

    POINTS = "points"
    LEVELS = "levels"
    SCORES = "scores"
    WEIGHTS = "weights"


class Attribute(Word):
    """What is taken of one named element."""

    POINTS = "points"
    LEVEL = "level"
    SCORE = "score"
    WEIGHT = "weight"


class Tie(Word):
    """Where a value goes that does not fit the stated precision; the first three say it of exact halves."""

    HALF_UP = "half up"
    HALF_DOWN = "half down"
    HALF_EVEN = "half even"
    UP = "up"
    DOWN = "down"


class Unit(Word):
    """A unit of time."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Month(Word):
    """A month of the calendar."""

    JANUARY = "January"
    FEBRUARY = "February"
    MARCH = "March"
    APRIL = "April"
    MAY = "May"
    JUNE = "June"
    JULY = "July"
    AUGUST = "August"
    SEPTEMBER = "September"
    OCTOBER = "October"
    NOVEMBER = "November"
    DECEMBER = "December"


class FederalLevel(Word):
    """The five summary levels of 5 CFR 430.305(a)(6)."""

    OUTSTANDING = "outstanding"
    EXCEEDS_FULLY_SUCCESSFUL = "exceeds fully successful"
    FULLY_SUCCESSFUL = "fully successful"
    MINIMALLY_SATISFACTORY = "minimally satisfactory"
    UNSATISFACTORY = "unsatisfactory"


class Coverage(Word):
    """The kinds of appointment to the Senior Executive Service (5 USC 3132(a)(4) to (7))."""

    CAREER = "career"
    NONCAREER = "noncareer"
    LIMITED_TERM = "limited term"
    LIMITED_EMERGENCY = "limited emergency"


class Role(Word):
    """Who acts."""

    RATING_OFFICIAL = "rating official"
    EXECUTIVE = "executive"
    REVIEWING_OFFICIAL = "reviewing official"
    HIGHER_LEVEL_OFFICIAL = "higher-level official"
    BOARD = "board"
    APPOINTING_AUTHORITY = "appointing authority"
    OVERSIGHT_OFFICIAL = "oversight official"
    AGENCY_HEAD = "agency head"
    GAINING_SUPERVISOR = "gaining supervisor"
    PRESIDENT = "the President"
    ANY_OFFICIAL = "any official"


class Act(Word):
    """A step of the rating year that someone takes."""

    PLAN = "plan"
    PROGRESS_REVIEW = "progress review"
    GUIDELINES = "guidelines"
    EXECUTIVE_NARRATIVE = "executive narrative"
    INITIAL_RATING = "initial rating"
    WRITTEN_RESPONSE = "written response"
    HIGHER_LEVEL_REVIEW = "higher-level review"
    ALTERNATIVE_REVIEW = "alternative review"
    BOARD_RECOMMENDATION = "board recommendation"
    ANNUAL_RATING = "annual rating"
    DETAIL_APPRAISAL = "detail appraisal"
    DEPARTURE_APPRAISAL = "departure appraisal"
    MID_YEAR_REVIEW = "mid-year review"
    FEEDBACK = "feedback"
    PLAN_REVISION = "plan revision"
    TRAINING_NEEDS = "training needs"
    RATING_CERTIFICATION = "rating certification"


class EventWord(Word):
    """Something that happens, besides the acts."""

    PERIOD_START = "period start"
    PERIOD_END = "period end"
    APPOINTMENT = "appointment"
    BOARD_SERVICE = "board service"
    REQUEST = "request"
    NOTICE = "notice"
    EFFECTIVE_DAY = "effective day"
    NEW_PRESIDENT = "a new President"
    NEW_AGENCY_HEAD = "a new agency head"
    NEW_NONCAREER_SUPERVISOR = "a new noncareer supervisor"
    CHANCE_TO_RESPOND = "a chance to respond"
    RECEIPT = "receipt"
    REMOVAL = "removal"
    PLACEMENT = "placement"
    PLACEMENT_OFFER = "placement offer"
    REINSTATEMENT = "reinstatement"
    PAY_ADJUSTMENT = "pay adjustment"
    SEPARATION = "separation"


class Action(Word):
    """What a rating may lead to."""

    PERFORMANCE_AWARD = "performance award"
    PAY_INCREASE = "pay increase"
    PAY_ADJUSTMENT = "pay adjustment"
    RETENTION = "retention"
    DEVELOPMENT = "development"
    IMPROVEMENT_PLAN = "improvement plan"
    REASSIGNMENT = "reassignment"
    TRANSFER = "transfer"
    REMOVAL = "removal"


class Reward(Word):
    """What is paid for performance."""

    PERFORMANCE_AWARD = "performance award"
    PAY_INCREASE = "pay increase"


class Base(Word):
    """The sum a share is taken of."""

    BASIC_PAY = "basic pay"
    CAREER_BASIC_PAY = "career basic pay"
    AVERAGE_CAREER_BASIC_PAY = "average career basic pay"


class MeasureKind(Word):
    """A kind of measure in a requirement."""

    QUALITY = "quality"
    QUANTITY = "quantity"
    TIMELINESS = "timeliness"
    COST = "cost"
    MANNER = "manner"


class Perspective(Word):
    """A perspective that measures balance (5 CFR 430.301(b))."""

    RESULTS = "results"
    CUSTOMER = "customer"
    EMPLOYEE = "employee"


class SubjectMatter(Word):
    """What an element evaluates (5 CFR 430.305(a)(1))."""

    LEADERSHIP = "leadership"
    RESULTS = "results"
    QUALITY = "quality"


class PlanContent(Word):
    """What a performance plan includes."""

    INDIVIDUAL = "individual expectations"
    ORGANIZATIONAL = "organizational expectations"
    CRITICAL_ELEMENTS = "critical elements"
    REQUIREMENTS = "requirements"
    STANDARDS = "standards"
    STRATEGIC_GOALS = "strategic goals"


class PlanPart(Word):
    """A part of a plan that is counted."""

    CRITICAL_ELEMENT = "critical element"
    REQUIREMENT = "requirement"
    LEVEL = "level"


class PlanItem(Word):
    """What each part of a plan has."""

    REQUIREMENT = "requirement"
    MEASURE = "measure"
    STRATEGIC_GOAL = "strategic goal"
    STANDARD = "standard"
    DEADLINE = "deadline"


class Factor(Word):
    """A factor an appraisal considers (5 CFR 430.308(c), 5 USC 4313)."""

    RESULTS = "results"
    QUALITY = "quality"
    GUIDELINES = "guidelines"
    CUSTOMER_VIEWS = "customer views"
    EMPLOYEE_VIEWS = "employee views"
    STAFF_EFFECTIVENESS = "staff effectiveness"
    COST_EFFICIENCY = "cost efficiency"
    TIMELINESS = "timeliness"
    MERIT_PRINCIPLES = "merit principles"
    EQUAL_OPPORTUNITY = "equal opportunity"
    INCLUSION = "inclusion"
    WHISTLEBLOWER_PROTECTION = "whistleblower protection"


class Narrative(Word):
    """A piece of writing an appraisal includes."""

    SUMMARY = "a summary narrative"
    EXECUTIVE = "an executive narrative"
    OF_EACH_ELEMENT = "a narrative for each critical element"
    EVIDENCE = "evidence for each critical element"


class Case(Word):
    """A change of job within the period."""

    DETAILS = "details"
    TEMPORARY_REASSIGNMENTS = "temporary reassignments"
    REASSIGNMENTS = "reassignments"
    TRANSFERS = "transfers"


class Audience(Word):
    """Who is trained."""

    LEADERS = "leaders"
    SUPERVISORS = "supervisors"
    EXECUTIVES = "executives"


class Evaluated(Word):
    """What an evaluation of the system covers."""

    EFFECTIVENESS = "effectiveness"
    COMPLIANCE = "compliance"


class CountedThing(Word):
    """What a guarantee counts in a system description."""

    CRITICAL_ELEMENT = "critical element"
    LEVEL = "level"
    FEDERAL_LEVEL = "federal level"
    STANDARD = "standard"
    COMPETENCY = "competency"
    REQUIREMENT = "requirement"
