"""The JSON Schema of an analysis, made from the classes that it consists of.

What a field is and means is declared once, in `document.py`; pydantic reads it from there, and is loaded only where
the schema is asked for or a document from elsewhere is judged.
"""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from sespms_rules.authoring.analysis.document import SCHEMA, Analysis
from sespms_rules.foundation.values import Frozen


@cache
def analysis_model() -> type[BaseModel]:
    """The pydantic model of the document; `model_validate` refuses whatever is not one."""
    stated = Field(description="the kind of document and its version")
    return _model(Analysis, schema_=(Literal[SCHEMA], Field(alias="schema", description=stated.description)))


def analysis_schema() -> dict[str, Any]:
    """The schema as it is published in docs/schemas/analysis.schema.json."""
    made = analysis_model().model_json_schema()
    lead = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "What `sespms analyze` writes"}
    about = "Keys are never taken away or given another meaning while the name of the schema stays; more may be added."
    return lead | {"description": about} | {key: made[key] for key in made if key not in ("title", "description")}


@cache
def _model(kind: type[Frozen], **more: Any) -> type[BaseModel]:
    hints = typing.get_type_hints(kind, include_extras=True).items()
    fields: dict[str, Any] = {name: _field(hint) for name, hint in hints if typing.get_origin(hint) is not ClassVar}
    config = ConfigDict(extra="ignore", strict=True, title=kind.__name__)
    return create_model(kind.__name__, __doc__=kind.__doc__, __config__=config, **more, **fields)


def _field(hint: Any) -> tuple[Any, Any]:
    declared, about = typing.get_args(hint)
    return _translated(declared), Field(description=about)


def _translated(declared: Any) -> Any:
    """A type with the model of each of our classes in its place, and lists for tuples, as JSON has them."""
    if isinstance(declared, type) and issubclass(declared, Frozen):
        return _model(declared)
    inside = typing.get_args(declared)
    if typing.get_origin(declared) is tuple:
        return list[_translated(inside[0])]  # type: ignore[misc]
    if isinstance(declared, types.UnionType):
        return typing.Union[tuple(_translated(each) for each in inside)]  # noqa: UP007 - put together at run time
    return declared
