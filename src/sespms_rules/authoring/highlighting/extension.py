"""An extension for VS Code and its kin: the grammar and how lines are indented and commented; no program is in it."""

from __future__ import annotations

import io
import json
import re
import zipfile

from sespms_rules.authoring.highlighting.textmate import SCOPE, textmate_grammar

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that zip files count from: the package of one version is the same wherever it is made."""

_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""

_MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="sespms" Version="{version}" Publisher="sespms-rules"/>
    <DisplayName>SES performance rules</DisplayName>
    <Description xml:space="preserve">Policies of the SESPMS language in colour.</Description>
    <Tags>sespms</Tags>
    <Categories>Programming Languages</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="^1.75.0"/>
    </Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
"""

_README = """# SES performance rules

Shows policies of the SESPMS language (`.sespms`) in colour, folds their parts and comments their lines. It holds no
program and makes no connection. Findings, completion and fixes come from the language server: any client for language
servers can start `sespms lsp`.
"""


def extension_files(version: str) -> dict[str, str]:
    """The files of the extension by their names. Raises ValueError for a version that is not three numbers."""
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version):
        raise ValueError(f"an extension's version is three numbers, and `{version}` is none")
    return {
        "extension.vsixmanifest": _MANIFEST.format(version=version),
        "[Content_Types].xml": _TYPES,
        "extension/package.json": _json(_package(version)),
        "extension/README.md": _README,
        "extension/language-configuration.json": _json(_configuration()),
        "extension/sespms.tmLanguage.json": _json(textmate_grammar()),
    }


def extension_package(version: str) -> bytes:
    """The extension as one `.vsix`, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in extension_files(version).items():
            package.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _package(version: str) -> dict[str, object]:
    return {
        "name": "sespms",
        "displayName": "SES performance rules",
        "description": "Policies of the SESPMS language in colour.",
        "version": version,
        "publisher": "sespms-rules",
        "engines": {"vscode": "^1.75.0"},
        "categories": ["Programming Languages"],
        "contributes": {
            "languages": [
                {
                    "id": "sespms",
                    "aliases": ["SESPMS"],
                    "extensions": [".sespms"],
                    "configuration": "./language-configuration.json",
                }
            ],
            "grammars": [{"language": "sespms", "scopeName": SCOPE, "path": "./sespms.tmLanguage.json"}],
        },
    }


def _configuration() -> dict[str, object]:
    return {
        "comments": {"lineComment": "#"},
        "brackets": [["(", ")"]],
        "autoClosingPairs": [{"open": '"', "close": '"', "notIn": ["string", "comment"]}, {"open": "(", "close": ")"}],
        "surroundingPairs": [['"', '"'], ["(", ")"]],
        "onEnterRules": [{"beforeText": r"^\S.*$", "action": {"indent": "none", "appendText": "  "}}],
        "folding": {"offSide": True},
    }


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
