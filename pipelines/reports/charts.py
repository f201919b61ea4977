"""Charts as inline SVG: no script, no network, the same bytes for the same rows.

Colours stay apart for colour-blind readers and in grey print (Okabe-Ito), every chart
has a title and a description for screen readers, text stays text. Which rows are
drawn, and what stands around a chart, is the page's business.
"""

import math
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from pipelines.reports.projects import ProjectLine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PROGRESS: Final = "#0072B2"
BURN: Final = "#E69F00"
OVERRUN: Final = "#D55E00"
INK: Final = "#1f2933"
RULE: Final = "#c5cdd6"
HEALTH: Final = {
    "red": ("#C2261D", "D"),
    "amber": ("#B26A00", "^"),
    "green": ("#1B7F4B", "o"),
}
BURN_AXIS_MAX: Final = 200
INDEX_MAX: Final = 2.0
NUMBERED_BUBBLES: Final = 12
NAME_LENGTH: Final = 34

_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "connectwise-pipelines",
    "text.parse_math": False,
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "xtick.color": INK,
    "ytick.color": INK,
}


def burn_and_progress(lines: Sequence[ProjectLine]) -> str:
    """Paired bars per project: share of the budget used and share completed.

    Bars end at 200 %; the figure beside a bar is never cut.
    """
    described = "; ".join(
        f"{line.name}: {_percent(line.burn_pct)} of the budget used, "
        f"{_percent(line.complete_pct)} complete"
        for line in lines
    )
    with _figure(width=7.6, height=1.0 + 0.44 * len(lines)) as (figure, axes):
        _draw_bars(axes, lines)
        return _svg(
            figure,
            name="burn",
            title="Budget used and work completed, by project",
            description=described,
        )


def performance(lines: Sequence[ProjectLine]) -> str:
    """Bubbles at (SPI, CPI); their area is the budget, their shape the health.

    The riskiest carry their rank, as bars and table do: names would overlap.
    """
    with _figure(width=5.6, height=4.9) as (figure, axes):
        low, high = _index_range(lines)
        _draw_quadrants(axes, low=low, high=high)
        _draw_bubbles(axes, lines)
        return _svg(
            figure,
            name="performance",
            title="Schedule and cost performance, by project",
            description="; ".join(
                f"{line.rank} {line.name}: SPI {line.spi:.2f}, CPI {line.cpi:.2f}, "
                f"{line.health}"
                for line in lines
            ),
        )


def can_be_placed(line: ProjectLine) -> bool:
    """Whether a project has both indexes."""
    return line.cpi is not None and line.spi is not None


def _draw_bars(axes: "Axes", lines: Sequence[ProjectLine]) -> None:
    for row, line in enumerate(lines):
        burn = line.burn_pct or 0.0
        colour = OVERRUN if line.is_over_budget else BURN
        axes.barh(row - 0.19, min(burn, BURN_AXIS_MAX), 0.34, color=colour)
        axes.barh(row + 0.19, line.complete_pct or 0.0, 0.34, color=PROGRESS)
        _figure_beside(axes, burn, row - 0.19, _percent(line.burn_pct))
        _figure_beside(
            axes, line.complete_pct or 0.0, row + 0.19, _percent(line.complete_pct)
        )
        _health_beside(axes, row, line.health)
    axes.set_yticks(
        range(len(lines)),
        [f"{line.rank}  {_short(line.name, NAME_LENGTH)}" for line in lines],
    )
    axes.tick_params(axis="y", length=0, pad=20)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    _draw_percent_axis(axes, lines)


def _health_beside(axes: "Axes", row: int, health: str) -> None:
    """A mark between the name and the bars, at a fixed distance from the axis."""
    from matplotlib.transforms import offset_copy

    colour, marker = HEALTH.get(health, (INK, "s"))
    along = axes.get_yaxis_transform()
    beside = offset_copy(along, axes.get_figure(root=True), x=-11, units="points")
    axes.plot(
        0, row, marker=marker, color=colour, markersize=7, clip_on=False,
        transform=beside,
    )  # fmt: skip


def _draw_percent_axis(axes: "Axes", lines: Sequence[ProjectLine]) -> None:
    longest = max((min(line.burn_pct or 0, BURN_AXIS_MAX) for line in lines), default=0)
    axes.set_xlim(0, max(longest, 100) * 1.12)
    step = 25 if longest <= 150 else 50
    axes.set_xticks(range(0, int(max(longest, 100)) + 1, step))
    axes.xaxis.set_major_formatter(lambda value, _position: f"{value:.0f}%")
    axes.axvline(100, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=3)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    handles = [
        axes.barh(0, 0, color=colour, label=label)
        for colour, label in (
            (BURN, "Budget used"),
            (OVERRUN, "Budget used, above 100%"),
            (PROGRESS, "Completed"),
        )
    ]
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=3,
        frameon=False,
        handlelength=1.2,
        borderaxespad=0.2,
    )


def _figure_beside(axes: "Axes", end: float, row: float, text: str) -> None:
    axes.text(
        min(end, BURN_AXIS_MAX) + 1.2, row, text, va="center", fontsize=8, zorder=4
    )


def _index_range(lines: Sequence[ProjectLine]) -> tuple[float, float]:
    """Quarters around all values, the same for both axes, within 0 and 2."""
    values = [_within(index) for line in lines for index in (line.cpi, line.spi)]
    low = math.floor(min([*values, 0.75]) * 4 - 0.5) / 4
    high = math.ceil(max([*values, 1.25]) * 4 + 0.5) / 4
    return max(low, 0.0), min(high, INDEX_MAX)


def _draw_quadrants(axes: "Axes", *, low: float, high: float) -> None:
    from matplotlib.ticker import MultipleLocator

    axes.axvspan(low, high, color="#f3f5f8", zorder=0)
    axes.fill_between([1, high], 1, high, color="#e3f1ea", zorder=0)
    for draw in (axes.axvline, axes.axhline):
        draw(1, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    axes.set_aspect("equal")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.25))
    axes.set_xlabel("Schedule performance index (SPI): behind ← 1.00 → ahead")
    axes.set_ylabel("Cost performance index (CPI): over ← 1.00 → under")
    corners = {
        (0.03, 0.03, "left", "bottom"): "Behind and over",
        (0.97, 0.03, "right", "bottom"): "Ahead, but over",
        (0.03, 0.97, "left", "top"): "Behind, but under",
        (0.97, 0.97, "right", "top"): "Ahead and under",
    }
    for (x, y, ha, va), text in corners.items():
        axes.text(
            x, y, text, ha=ha, va=va, transform=axes.transAxes, color="#52606d",
            fontsize=8.5, fontstyle="italic",
        )  # fmt: skip


def _draw_bubbles(axes: "Axes", lines: Sequence[ProjectLine]) -> None:
    largest = max((line.budget_hours or 0 for line in lines), default=0) or 1
    for line in sorted(lines, key=lambda line: -line.rank):
        colour, marker = HEALTH.get(line.health, (INK, "s"))
        named = line.rank <= NUMBERED_BUBBLES
        place = _within(line.spi), _within(line.cpi)
        axes.scatter(
            *place, marker=marker, facecolor=colour, alpha=0.9 if named else 0.6,
            s=(150 if named else 40) + 250 * (line.budget_hours or 0) / largest,
            edgecolor="white", linewidth=0.9, clip_on=False, zorder=2,
        )  # fmt: skip
        if named:
            # A triangle's middle lies below the middle of its box.
            axes.annotate(
                str(line.rank), place, (0, -2.5 if marker == "^" else 0),
                textcoords="offset points", ha="center", va="center_baseline",
                color="white", fontsize=8, fontweight="bold", zorder=2,
            )  # fmt: skip


@contextmanager
def _figure(*, width: float, height: float) -> "Iterator[tuple[Figure, Axes]]":
    """One figure with one bare axes, in our style and in no global state."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        # Names may hold emoji; the reader's own font draws them.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        yield figure, axes


def _svg(figure: "Figure", *, name: str, title: str, description: str) -> str:
    """The figure as an element to stand in a page, with ids of its own."""
    buffer = StringIO()
    figure.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True
    )
    text = buffer.getvalue()
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="', f'id="{name}-', body)
    body = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", body)
    head, rest = body.split(">", 1)
    size = re.compile(r' (?:width|height)="[^"]*"')
    return (
        f'{size.sub("", head)} class="chart" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(_printable(description))}</desc>{rest}'
    )


def _short(text: str, length: int) -> str:
    plain = _printable(text)
    return plain if len(plain) <= length else f"{plain[: length - 1].rstrip()}…"


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}%"  # noqa: RUF001 - a dash


def _within(index: Any) -> float:
    return float(min(max(index, 0.0), INDEX_MAX))
