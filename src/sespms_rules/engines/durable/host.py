"""The one place that touches durable-rules: availability, a host without timers, one event at a time.

durable-rules 2.0.28 decides in C (a Rete network). Here the library's `Host` reads the ruleset and resolves the
actions, and the C engine matches and picks the rule. Only the library's loop that runs an action after a match is
replaced: it swallows every exception of an action (an interrupt from the keyboard too), gives an action up without a
word when the wall clock jumps by more than ten seconds, and takes three quarters of the time. A test drives both loops
over the same ruleset and compares them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Protocol, cast

NEWEST_PYTHON = (3, 12)
"""The newest Python, major and minor, for which the released durable-rules can be imported."""

_STATE_NAME = "0"
"""The one state that every event belongs to; it is durable-rules' own default."""

_ENGINE_CALLS = (
    "assert_event",
    "start_action_for_state",
    "complete_and_start_action",
    "delete_state",
    "delete_ruleset",
)

_OPEN_AGAIN = "close these decision tables and open them again"


class DurableError(Exception):
    """The base of every refusal here: `str()` gives one plain sentence, `help` says what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message, help)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return self.message


class EngineUnavailableError(DurableError):
    """durable-rules cannot run on this machine."""


class EngineFaultError(DurableError):
    """The engine did something other than fire exactly one rule and run its action; no answer of it may be used."""


class _Library(Protocol):
    """The calls of durable-rules' C engine that are used; a handle and a state are small numbers."""

    error: type[Exception]

    def assert_event(self, handle: int, event: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int, /) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, state: int, /) -> str | None: ...
    def delete_state(self, handle: int, state_name: str, /) -> None: ...
    def delete_ruleset(self, handle: int, /) -> None: ...


class _Ruleset(Protocol):
    """A ruleset as the library's host keeps it."""

    _handle: int


class _QuietHost(Protocol):
    """The library's host, as far as it is used."""

    def register_rulesets(self, ruleset_definitions: dict[str, object]) -> list[str]: ...
    def get_ruleset(self, ruleset_name: str) -> _Ruleset: ...


class _Engine(Protocol):
    """The module `durable.engine`, as far as it is used."""

    durable_rules_engine: _Library


def why_unavailable() -> str | None:
    """Say in one sentence why durable-rules cannot run here, or return None where it can."""
    if sys.platform == "win32":
        return "durable-rules is not offered for Windows"
    if sys.version_info[:2] > NEWEST_PYTHON:
        newest = ".".join(str(part) for part in NEWEST_PYTHON)
        found = ".".join(str(part) for part in sys.version_info[:2])
        return f"durable-rules needs Python {newest} or older, and this is Python `{found}`"
    try:
        library = _engine().durable_rules_engine
    except ImportError as problem:
        return f"durable-rules is not installed here (`{problem}`)"
    missing = [name for name in _ENGINE_CALLS if not hasattr(library, name)]
    if missing:
        return f"the durable-rules installed here lacks `{missing[0]}`, so it is not version 2.0.28"
    return None


def _engine() -> _Engine:
    # Imported late: where it cannot be imported everything else must still work. Never `durable.lang`, which is meant
    # to be imported with a star and then hides Python's own `any` and `all`.
    from durable import engine

    return cast("_Engine", engine)


def _quiet_host(actions: dict[str, Callable[[object], None]], on_fire: Callable[[str], None]) -> _QuietHost:
    """Make the library's host without its timers; it collects one action per `run` name into `actions`."""
    from durable import engine

    class QuietHost(engine.Host):  # type: ignore[misc]
        def _run(self) -> None:
            # The library starts two timer threads here. They can take an action away from the caller that posted the
            # event, who then gets no answer, and they crash the process when a state is being deleted.
            return

        def get_action(self, action_name: str) -> Callable[[object], None]:
            def action(_context: object) -> None:
                on_fire(action_name)

            actions[action_name] = action
            return action

    return cast("_QuietHost", QuietHost())


class DurableHost:
    """One ruleset in the C engine, posted to one event at a time. Not safe for threads: the owner holds a lock.

    In: a name, the ruleset as JSON text in durable-rules' own form (`run` is the name of an action) and `on_fire`,
    which is called with that name when the engine fires the rule. Raises `EngineUnavailableError` where durable-rules
    cannot run, and `EngineFaultError` for a ruleset it refuses.
    """

    def __init__(self, name: str, ruleset_json: str, on_fire: Callable[[str], None]) -> None:
        reason = why_unavailable()
        if reason is not None:
            raise EngineUnavailableError(reason, "use the reference engine, which gives the same ratings")
        rules = json.loads(ruleset_json)
        runs = {rule: body["run"] for rule, body in rules.items()}
        actions: dict[str, Callable[[object], None]] = {}
        self._library = _engine().durable_rules_engine
        host = _quiet_host(actions, on_fire)
        try:
            host.register_rulesets({name: rules})
        except self._library.error as problem:
            raise EngineFaultError(
                f"durable-rules refused the ruleset with `{problem}`", "report this ruleset"
            ) from problem
        self._handle = host.get_ruleset(name)._handle
        self._actions = {rule: actions[run] for rule, run in runs.items()}
        self._closed = False
        self._trouble: str | None = None
        self._remembered: str | None = None

    def post(self, event: str) -> None:
        """Give the engine one event as JSON text; the action of the rule it fires has run when this returns.

        Raises `EngineFaultError` when anything but exactly one rule fires, when the action fails, or when an earlier
        fault left the engine in a state that is not known; a fault is never forgotten.
        """
        if self._closed:
            raise EngineFaultError("these decision tables are closed", "open them again before asking for a decision")
        if self._trouble is not None:
            raise EngineFaultError(f"the engine cannot be used any more: {self._trouble}", _OPEN_AGAIN)
        # Set first and cleared last, so that an interrupt anywhere between leaves its mark.
        self._trouble = "an earlier decision was interrupted"
        try:
            self._fire(event)
        except EngineFaultError as fault:
            self._trouble = fault.message
            raise
        except Exception as problem:
            self._trouble = f"an earlier decision failed with `{problem}`"
            raise EngineFaultError(f"the engine failed on a decision with `{problem}`", _OPEN_AGAIN) from problem
        self._trouble = None

    def _fire(self, event: str) -> None:
        library, handle = self._library, self._handle
        outcome, state = library.assert_event(handle, event)
        if outcome != 0:
            words = {1: "no rule takes this event", 2: "an earlier event was left behind", 3: "the event was put off"}
            raise EngineFaultError(
                f"the engine decided nothing: {words.get(outcome, f'outcome `{outcome}`')}", _OPEN_AGAIN
            )
        started = library.start_action_for_state(handle, state)
        if started is None:
            raise EngineFaultError("the engine matched the event and then fired no rule", _OPEN_AGAIN)
        remembered, firing = started
        self._check_memory(remembered)
        fired = json.loads(firing)
        if len(fired) != 1:
            raise EngineFaultError(f"the engine fired `{len(fired)}` rules at once", _OPEN_AGAIN)
        self._actions[next(iter(fired))](None)
        # Completing takes the event out of the engine together with every other rule that had matched it.
        left_over = library.complete_and_start_action(handle, state)
        if left_over is not None:
            second = next(iter(json.loads(left_over)))
            raise EngineFaultError(f"a second rule fired for the same event: `{second}`", _OPEN_AGAIN)

    def _check_memory(self, remembered: str) -> None:
        """Refuse anything that the engine remembers from one event to the next, a swallowed exception above all."""
        if self._remembered is None and "exception" not in json.loads(remembered):
            self._remembered = remembered
        elif remembered != self._remembered:
            raise EngineFaultError(
                f"the engine remembers something from an earlier decision: `{remembered}`", _OPEN_AGAIN
            )

    def close(self) -> None:
        """Give the engine's memory back; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        # Deleting a state for which no rule has fired, or with an action half done, crashes the process: then the
        # memory (some 300 kB) is left where it is.
        if self._trouble is None and self._remembered is not None:
            self._library.delete_state(self._handle, _STATE_NAME)
            self._library.delete_ruleset(self._handle)
