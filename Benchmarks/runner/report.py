"""The results as a Markdown table and as JSON."""

import statistics

METRICS = ("p50_us", "p99_us", "p999_us", "max_us", "cpu_us", "peak_kib", "fairness")


def rate(line):
    """What a run is judged by: operations in a second, or bytes for each thing that was weighed."""
    if "heap_bytes_each" in line["figures"]:
        return line["figures"]["heap_bytes_each"]
    return line["operations"] / line["seconds"]


def median(benchmark, metric=None):
    """The median of the rounds; None where no run has the figure."""
    if metric is None:
        figures = [rate(line) for line in benchmark.lines]
    else:
        figures = [line[metric] for line in benchmark.lines if line.get(metric) is not None]
    return statistics.median(figures) if figures else None


def ratio(benchmark, group):
    """The benchmark's figure divided by that of the group's reference."""
    reference = next((one for one in group.members if one.name == group.reference), None)
    if reference is None or reference is benchmark or not reference.lines or not benchmark.lines:
        return None
    return median(benchmark) / median(reference)


def lead(benchmark, group):
    """How many times the figure the group's own benchmark reaches."""
    ours = next((one for one in group.members if one.name == group.ours), None)
    if ours is None or benchmark.kind == "ours" or not ours.lines or not benchmark.lines:
        return None
    return median(ours) / median(benchmark)


def whole(number):
    """A figure without fraction, unless it is so small that the fraction matters."""
    return "-" if number is None else f"{number:,.{0 if number >= 100 else 1}f}"


def exact(number, digits=2):
    return "" if number is None else f"{number:,.{digits}f}"


def micro(number):
    """Microseconds with as many digits as they deserve."""
    return "" if number is None else f"{number:,.{0 if number >= 100 else 1}f}"


def row(benchmark, group):
    label = f"**{benchmark.label}**" if benchmark.kind == "ours" else benchmark.label
    rates = [rate(line) for line in benchmark.lines]
    cells = [
        f"{label} `{benchmark.name.split('/')[1]}`",
        whole(median(benchmark)),
        f"{whole(min(rates))}–{whole(max(rates))}" if rates else "-",
        exact(ratio(benchmark, group)),
        exact(lead(benchmark, group)),
        *(micro(median(benchmark, metric)) for metric in ("p50_us", "p99_us", "p999_us", "max_us", "cpu_us")),
        exact(peak / 1024, 0) if (peak := median(benchmark, "peak_kib")) else "",
        exact(median(benchmark, "fairness"), 3) if "@" in benchmark.name else "",
        benchmark.note,
    ]
    return "| " + " | ".join(cells) + " |"


def table(group):
    reference = f"of `{group.reference.split('/')[1]}`" if group.reference else "ratio"
    heads = [
        "what", group.unit, "lowest–highest", reference, "ours by it", "p50 µs", "p99 µs", "p99.9 µs", "longest µs",
        "client CPU µs", "peak MiB", "Jain", "does less or otherwise for each checkout",
    ]
    lines = [f"### {group.title}", "", "| " + " | ".join(heads) + " |"]
    lines.append("|---|" + "--:|" * (len(heads) - 2) + "---|")
    return "\n".join(lines + [row(one, group) for one in group.members])


def markdown(groups, conditions):
    parts = [
        f"Medians of {conditions['rounds']}, interleaved, each of {conditions['seconds']:g} s.",
        f"{conditions['processor']}, {conditions['cores']} cores, {conditions['system']}.",
        f"Load average before: {conditions['load_before']}, after: {conditions['load_after']}.",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in sorted(conditions["versions"].items())) + ".",
    ]
    return "\n".join(parts) + "\n\n" + "\n\n".join(table(group) for group in groups) + "\n"


def document(groups, conditions):
    """What the JSON file has: the conditions, and every run as it was printed."""
    return {
        "conditions": conditions,
        "groups": [
            {
                "key": group.key, "title": group.title, "unit": group.unit, "reference": group.reference,
                "benchmarks": [
                    {
                        "name": one.name, "label": one.label, "kind": one.kind, "note": one.note,
                        "median": {"rate": median(one), **{metric: median(one, metric) for metric in METRICS}},
                        "ratio": ratio(one, group), "ours_by_it": lead(one, group),
                        "runs": one.lines, "failures": one.failures,
                    }
                    for one in group.members
                ],
            }
            for group in groups
        ],
    }
