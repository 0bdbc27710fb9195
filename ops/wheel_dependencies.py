"""What the wheel needs, read from requirements/*.in at build time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

OPTIONAL_GROUPS = ("spark",)


def needs_of(path: Path) -> list[str]:
    """The requirement lines of one .in file, without comments and references to other files."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


class Dependencies(MetadataHookInterface):
    """Fills the two dynamic fields of pyproject.toml."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `dependencies` and `optional-dependencies` on the metadata hatchling hands over."""
        folder = Path(self.root) / "requirements"
        metadata["dependencies"] = needs_of(folder / "app.in")
        metadata["optional-dependencies"] = {
            group: needs_of(folder / f"{group}.in") for group in OPTIONAL_GROUPS
        }
