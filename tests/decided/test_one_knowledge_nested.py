"""`check` and every appraisal rated by hand say the same of policies with requirements, drawn at random."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decided.nested_policies import drawn
from nights import at_depth
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Outcome

POLICIES = settings(max_examples=at_depth(30, 80, 2_000))

pytestmark = pytest.mark.timeout(7_200)

TOLD_OF = (({"SES214", "SES245"}, "SES612"), ({"SES215"}, "SES613"), ({"SES274"}, "SES618"))
"""What `check` says of a policy, and the refusal that some appraisal under it meets."""


@POLICIES
@example(1000)
@given(st.integers(min_value=0, max_value=10**9))
def test_check_knows_what_every_appraisal_shows(seed: int) -> None:
    policy = drawn(seed)
    compilation = compile_source(Source("drawn.sespms", policy.text))
    codes = {each.code for each in compilation.diagnostics}
    program = compilation.programs.get("Example Canal Office")
    if program is None:  # some drawn text has a line of no use, which is an error of its own
        return
    rated = [rate(program, each, trace=False) for each in policy.appraisals()]
    refused = {one.code for each in rated if each.outcome is Outcome.REFUSED for one in each.refused}
    assert "SES273" not in codes, policy.text
    for told, refusal in TOLD_OF:
        assert bool(told & codes) is (refusal in refused), (policy.text, codes, refused)
    # A missing rating that the policy leaves out nowhere stops the rating by its own words.
    if not refused - {"SES608"}:
        never = {1, 2, 3} - {each.level for each in rated}
        said = {each.span.text for each in compilation.diagnostics if each.code == "SES218"}
        assert said == {f"level {level}" for level in never}, policy.text
