"""The pages of the workbench, one module each."""

from __future__ import annotations

from starlette.routing import BaseRoute

from sespms_rules.web.pages import (
    answers,
    attempt,
    comparing,
    papers,
    records,
    requirements,
    reviewing,
    submitting,
    systems,
    what_if,
    writing,
)

ROUTES: tuple[BaseRoute, ...] = (
    *systems.ROUTES,
    *writing.ROUTES,
    *requirements.ROUTES,
    *answers.ROUTES,
    *submitting.ROUTES,
    *attempt.ROUTES,
    *what_if.ROUTES,
    *comparing.ROUTES,
    *records.ROUTES,
    *papers.ROUTES,
    *reviewing.ROUTES,
)
