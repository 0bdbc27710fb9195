"""Forms that hold more text than the server takes in: a page of its own answers, not a bare 400."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def too_big_answer(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """Let `answer` speak where a form was too big to be read; the view itself does not run.

    Nothing of such a form was read, its token neither: `answer` shows, and writes nothing.
    """

    def declare(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if getattr(request, "is_too_big", False):
                return answer(request)
            return view(request, *args, **kwargs)

        run.abdi_too_big = True  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return declare


def has_an_answer(view: Any) -> bool:
    """Whether a view answers forms that are too big."""
    return getattr(view, "abdi_too_big", False) is True
