"""The list of packages, which pyproject.toml cannot say: those found under src/, and two data folders beside it.

`grammars/` and `policies/` stand at the top of the tree because people who never open src/ edit them;
in the wheel they lie inside the package, so that an installed copy is complete.
"""

from __future__ import annotations

from setuptools import find_packages, setup

setup(
    packages=[*find_packages("src"), "sespms_rules.grammars", "sespms_rules.policies"],
    package_dir={
        "": "src",
        "sespms_rules.grammars": "grammars",
        "sespms_rules.policies": "policies",
    },
)
