"""Makes `dist/sespms-VERSION.vsix`, an extension that VS Code installs from the file: no network is asked.

    python scripts/build_vsix.py

Install it with `code --install-extension dist/sespms-VERSION.vsix`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from sespms_rules.authoring.highlighting import extension_package

ROOT = Path(__file__).resolve().parents[1]


def build(folder: Path) -> Path:
    """Write the extension of this version into a folder and return its path."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"sespms-{version}.vsix"
    path.write_bytes(extension_package(version))
    return path


if __name__ == "__main__":
    print(build(ROOT / "dist").relative_to(ROOT))
