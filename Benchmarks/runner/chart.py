"""The results as bars, in SVG written by hand: nothing to install, nothing to load."""

from xml.sax.saxutils import escape

from runner.report import exact, median, rate, ratio, whole

WIDTH, LABELS, BARS, ROW, HEAD = 1000, 440, 400, 22, 46
COLOURS = {"ours": "#1f6feb", "c": "#8c959f", "peer": "#d4a72c"}
NAMES = {"ours": "this package", "c": "plain C on the driver: the limit", "peer": "peers"}
STYLE = """text { font: 13px sans-serif; fill: #1f2328 } .title { font-size: 15px; font-weight: bold }
.small { font-size: 11px; fill: #59636e } .label { text-anchor: end }"""


def text(x, y, content, kind=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{kind}">{escape(content)}</text>'


def rectangle(x, y, width, height, colour):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height}" rx="2" fill="{colour}"/>'


def bar(benchmark, group, y, scale):
    """A bar as long as the median, a line from the lowest to the highest run, and both numbers beside."""
    tasks = benchmark.name.partition("@")[2]
    shows_tasks = tasks and len({one.name.partition("@")[2] for one in group.members if "@" in one.name}) > 1
    label = benchmark.label + (f", {int(tasks):,} task{'s' * (tasks != '1')}" if shows_tasks else "")
    parts = [text(LABELS - 8, y + 15, label, "label")]
    figure = median(benchmark)
    if figure is None:
        return parts + [text(LABELS + 4, y + 15, "no figure", "small")]
    rates = [rate(line) for line in benchmark.lines]
    middle, end = y + ROW / 2, LABELS + max(rates) * scale
    parts.append(rectangle(LABELS, y + 3, figure * scale, ROW - 6, COLOURS[benchmark.kind]))
    parts.append(
        f'<path d="M{LABELS + min(rates) * scale:.1f} {middle}H{end:.1f}" stroke="#1f2328" stroke-opacity=".6"/>'
    )
    share = ratio(benchmark, group)
    beside = whole(figure) + (f"  (×{exact(share)})" if share is not None else "")
    return parts + [text(end + 8, y + 15, beside)]


def panel(group, top):
    highest = max((rate(line) for one in group.members for line in one.lines), default=1) or 1
    unit = group.unit + (f"; × of {group.reference.split('/')[1]}" if group.reference else "")
    parts = [text(12, top + 18, group.title, "title"), text(12, top + 34, unit, "small")]
    for index, one in enumerate(group.members):
        parts += bar(one, group, top + HEAD + index * ROW, BARS / highest)
    return parts, top + HEAD + len(group.members) * ROW + 18


def chart(groups, conditions):
    parts, top = [], 66
    for group in groups:
        drawn, top = panel(group, top)
        parts += drawn
    legend = []
    for index, kind in enumerate(COLOURS):
        x = 12 + index * 230
        legend += [rectangle(x, 44, 12, 12, COLOURS[kind]), text(x + 18, 54, NAMES[kind], "small")]
    about = (
        f"{conditions['processor']}, {conditions['cores']} cores, {conditions['system']}; each bar is the median "
        f"of {conditions['rounds']}, each of {conditions['seconds']:g} s; the thin line is from the lowest run to the highest"
    )
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}">',
        f"<style>{STYLE}</style>", f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>',
        text(12, 22, "Pool throughput", "title"), text(12, 38, about, "small"),
    ]
    return "\n".join(head + legend + parts + ["</svg>"]) + "\n"
