"""What was measured as tables in Markdown, aligned so that they can be read on a screen as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.results import (
    AGAIN,
    ALONE,
    FUSED,
    JAX,
    TORCH,
    Contest,
    Growth,
    Memory,
    Point,
    Ratio,
    Timed,
    Whole,
)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> list[str]:
    """A table whose first columns are `words`, and whose others are numbers."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    rule = [f"|{'-' * (width + 1)}{'-' if n < words else ':'}" for n, width in enumerate(widths)]
    return [line_of(head, widths, words), f"{''.join(rule)}|", *(line_of(row, widths, words) for row in rows)]


def line_of(row: Sequence[str], widths: Sequence[int], words: int) -> str:
    """One line of a table."""
    cells = [
        each.ljust(width) if n < words else each.rjust(width)
        for n, (each, width) in enumerate(zip(row, widths, strict=True))
    ]
    return f"| {' | '.join(cells)} |"


def figure(number: float) -> str:
    """A number with three digits that count, or all that stand before the point."""
    size = abs(number)
    return f"{number:,.0f}" if size >= 100 else f"{number:.1f}" if size >= 10 else f"{number:.2f}"


def spread(ratio: Ratio) -> str:
    """From the least to the most."""
    return f"{figure(ratio.least)} to {figure(ratio.most)}"


def contest_table(contest: Contest) -> list[str]:
    """A work: everybody, the fastest first, by how many times as long PyTorch takes."""
    threads = f"{contest.threads} thread{'s' * (contest.threads > 1)}"
    return [
        f"### {contest.work}: {contest.title}; {threads}",
        "",
        *table(head_of(contest), [*rows_of(contest)]),
        "",
        *notes_of(contest),
    ]


def peers_of(contest: Contest) -> list[Timed]:
    """PyTorch and PyTorch with a fused optimizer, where they took part."""
    return [each for name in (TORCH, FUSED) if (each := contest.named(name))]


def head_of(contest: Contest) -> list[str]:
    """What the columns are."""
    ratios = [title for each in peers_of(contest) for title in (f"{short(each.name)} / it", "least to most")]
    return ["", *ratios, "ms", "least to most", "made ready in, s"]


def short(name: str) -> str:
    """A name that leaves room in a table."""
    return name.replace(", fused optimizer", " fused")


def rows_of(contest: Contest) -> Iterator[list[str]]:
    """A line for everybody."""
    for each in sorted(contest.timed, key=lambda entry: entry.middle):
        if each.name == AGAIN:
            continue
        ratios = [Ratio.of(peer, each) for peer in peers_of(contest)]
        cells = [cell for ratio in ratios for cell in (figure(ratio.middle), spread(ratio))]
        low, high = 1000 * min(each.seconds), 1000 * max(each.seconds)
        part = f" (a part: 1 in {each.scale:.0f})" if each.scale > 1 else ""
        ready = figure(each.ready) if each.ready else ""
        yield [bold(each.name) + part, *cells, figure(1000 * each.middle), f"{figure(low)} to {figure(high)}", ready]


def notes_of(contest: Contest) -> list[str]:
    """What has to be said beside the table."""
    found = [f"By itself whygrad takes `{contest.chosen}`."]
    loops = [each for each in contest.timed if each.name.endswith(ALONE)]
    again = contest.named(AGAIN)
    if again and loops:
        ratio = Ratio.of(loops[-1], again)
        found.append(
            f"{loops[-1].name}, timed against itself: {ratio.middle:.3f}, {spread(ratio)}; so much is no difference."
        )
    found += [f"{name} is left out: {why}." for name, why in contest.left_out.items()]
    return [f"- {each}" for each in found]


def growth_table(growth: Growth) -> list[str]:
    """The curves as numbers, a table for each."""
    found: list[str] = []
    for sweep in dict.fromkeys(point.sweep for point in growth.points):
        rows = [growth_row(point) for point in growth.points if point.sweep == sweep]
        found += [*table([sweep, *GROWN, "PyTorch, µs", "whygrad, µs"], rows), ""]
    return found[:-1]


GROWN = ("PyTorch / loop alone", "fused / loop alone", "PyTorch / whole call", "fused / whole call", "PyTorch / NumPy")


def growth_row(point: Point) -> list[str]:
    """One place of a curve."""
    pairs = (
        (TORCH, f"whygrad compiled{ALONE}"),
        (FUSED, f"whygrad compiled{ALONE}"),
        (TORCH, "whygrad compiled"),
        (FUSED, "whygrad compiled"),
        (TORCH, "whygrad numpy"),
    )
    ratios = [ratio_at(point, peer, mine) for peer, mine in pairs]
    times = [point.named(name) for name in (TORCH, "whygrad compiled")]
    cells = [figure(1e6 * each.middle) if each else "" for each in times]
    return [f"{point.at:,}", *(figure(each.middle) if each else "" for each in ratios), *cells]


def ratio_at(point: Point, one: str, other: str) -> Ratio | None:
    """How many times as long one takes as the other; None where one of them took no part."""
    first, second = point.named(one), point.named(other)
    return Ratio.of(first, second) if first and second else None


def memory_table(memory: Memory) -> list[str]:
    """The peaks: a row for each who, a column for each work."""
    works = list(dict.fromkeys(each.work for each in memory.peaks))
    names = dict.fromkeys(each.name for each in memory.peaks)
    rows = [[name, *(mebibytes(memory.of(work, name)) for work in works)] for name in names]
    return table(["MiB", *works], rows)


def mebibytes(count: float | None) -> str:
    """A number of bytes."""
    return "" if count is None else f"{count / 2**20:,.0f}"


def whole_table(whole: Whole) -> list[str]:
    """Whole processes, the fastest first."""
    peers = [each for each in whole.timed if each.name in (TORCH, JAX)]
    rows = []
    for each in sorted(whole.timed, key=lambda entry: entry.middle):
        ratios = [figure(Ratio.of(peer, each).middle) for peer in peers]
        spread_of = f"{figure(min(each.seconds))} to {figure(max(each.seconds))}"
        rows.append([bold(each.name), *ratios, figure(each.middle), spread_of])
    return table(["", *(f"{peer.name} / it" for peer in peers), "s", "least to most"], rows)


def bold(name: str) -> str:
    """A name that stands out where it is ours."""
    return f"**{name}**" if name.startswith("whygrad") else name
