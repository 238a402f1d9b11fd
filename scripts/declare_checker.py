"""Run by `declare_opinion.py` in an environment of its own: event logs in, the verdicts of Declare4Py and pm4py out."""

# Nothing of the program is imported here, and nothing of the program imports this.
# mypy: ignore-errors

from __future__ import annotations

import json
import sys

import pandas
import pm4py
from Declare4Py.D4PyEventLog import D4PyEventLog
from Declare4Py.ProcessMiningTasks.ConformanceChecking.MPDeclareAnalyzer import MPDeclareAnalyzer
from Declare4Py.ProcessModels.DeclareModel import DeclareModel
from pm4py.algo.conformance.declare import algorithm as declare_of_pm4py

KINDS = ("plan", "review", "rating")


def frame_of(rows):
    """The acts of one cycle as pm4py takes them."""
    frame = pandas.DataFrame(
        {
            "case:concept:name": [each["case"] for each in rows],
            "concept:name": [each["act"] for each in rows],
            "time:timestamp": pandas.to_datetime([each["day"] for each in rows], utc=True),
        }
    )
    return pm4py.format_dataframe(frame, case_id="case:concept:name", activity_key="concept:name")


def by_declare4py(log, constraints):
    """Whether each holds; a constraint that nothing triggers is held."""
    found = []
    for each in constraints:
        text = "\n".join([*(f"activity {kind}" for kind in KINDS), each, ""])
        model = DeclareModel().parse_from_string(text)
        result = MPDeclareAnalyzer(log=log, declare_model=model, consider_vacuity=True).run()
        states = result.get_metric(metric="state")
        found.append(bool(int(states.iloc[0, 0])))
    return found


def by_pm4py(frame, asked):
    """Whether each holds; None for what pm4py does not know."""
    found = []
    for each in asked:
        if each is None:
            found.append(None)
            continue
        key = tuple(each["of"]) if len(each["of"]) > 1 else each["of"][0]
        model = {each["template"]: {key: {"support": 1, "confidence": 1.0}}}
        (result,) = declare_of_pm4py.apply(frame, model)
        found.append(not result["deviations"])
    return found


def main():
    """Read the questions, write the answers."""
    answers = []
    for question in json.load(sys.stdin):
        frame = frame_of(question["rows"])
        log = D4PyEventLog(case_name="case:concept:name", log=pm4py.convert_to_event_log(frame))
        answers.append(
            {"declare": by_declare4py(log, question["declare"]), "pm4py": by_pm4py(frame, question["pm4py"])}
        )
    sys.stdout.write("\n===\n" + json.dumps(answers))


if __name__ == "__main__":
    main()
