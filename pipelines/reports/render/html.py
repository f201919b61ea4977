"""A page from a template: everything escaped, nothing loaded from elsewhere.

Only charts, which we drew ourselves, go in as markup. Templates that use a name that
was not given fail instead of showing a gap.
"""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup


def render_html(template: str, **values: Any) -> str:
    """Fill one file of ``reports/templates``.

    Control characters, which no HTML page may hold, are left out.
    """
    environment = Environment(
        loader=PackageLoader("pipelines.reports", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(template).render(**values)
    return "".join(c for c in page if c >= " " or c in "\n\t")


def trusted(svg: str) -> Markup:
    """Markup of our own making, to be put into a page as it is."""
    return Markup(svg)  # noqa: S704 - charts escape their texts themselves
