"""Escaping of what templates print, without a Markup object for each text.

What leaves is the same as with markupsafe.escape; it is joined right after, so a text will do.
"""

from __future__ import annotations

from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_inner: Any = getattr(markupsafe, "_escape_inner", escape)


def escaped(value: Any) -> str:
    """The text of a value as it may stand in HTML; Markup stands as it is."""
    kind = type(value)
    if kind is str:
        return _inner(value)  # type: ignore[no-any-return]
    return value if kind is Markup else escape(value)


class Generator(CodeGenerator):
    """Jinja's compiler, whose printed values go through `escaped` of the environment."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        context = frame.eval_ctx
        if context.volatile or not context.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)
