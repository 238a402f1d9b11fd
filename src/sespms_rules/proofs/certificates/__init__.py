"""Certificates: figures of a policy with an argument for a claim, and a checker that knows nothing of the program."""

from sespms_rules.proofs.certificates.check_certificate import NEVER_LOWERED, ONE_LEVEL, refusal
from sespms_rules.proofs.certificates.figures import NoCertificateError, figures_of
from sespms_rules.proofs.certificates.making import certificate_of

__all__ = ["NEVER_LOWERED", "ONE_LEVEL", "NoCertificateError", "certificate_of", "figures_of", "refusal"]
