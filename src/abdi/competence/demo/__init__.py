"""Standards, a round of assessment, levels and gaps of the demo city."""

from abdi.competence.demo.building import build
from abdi.competence.demo.evidence import Proof, keep_evidence

__all__ = ["Proof", "build", "keep_evidence"]
