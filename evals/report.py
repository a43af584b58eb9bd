"""The report of an evaluation as one page for people: figures, pictures, and a plain sentence over each part."""

from collections.abc import Callable
from typing import Any

from evals import plots
from evals.ablation import WHOLE
from evals.markup import page, section, table
from evals.metrics import Case
from evals.plots import Bar
from evals.risk import FEWEST, Point, at_coverage, came_right, risk_coverage, steady
from evals.scoring import Run, by, quantile, score
from evals.told import PLAIN, change, named, share, spread, value

Told = dict[str, dict[str, Any]]
IN_GROUPS = ("hit@5", "every fact told", "needed citation present", "unanswerable recognised", "answerable refused", "nothing wrong said")
"""The metrics told for each kind and theme."""
OF_BASELINES = "hit@5"
AT_SHARES = (0.25, 0.5, 0.75)


def html_report(run: Run, report: dict[str, Any]) -> str:
    """The whole report. It holds no script and fetches nothing."""
    title = f"Evaluation of {report['made_at'][:10]}: {len(run.cases)} questions, {len(run.dialogues)} conversations"
    parts = [
        _in_short(run, report),
        _figures("All questions", report["scores"], "Each line tells how often something held over the questions it can be asked of."),
        _grouped("kind", run, report["by_kind"], "The same by kind of question: what is hard, and what is not.", lambda case: case.question.kind),
        _grouped("theme", run, report["by_theme"], "The same by part of the library; questions of no part are left out.", lambda case: case.question.theme),
        _figures("Conversations", report["dialogues"], "Here each question after the first leans on those before it, as people talk."),
        _confidence(run),
        _waiting(run, report["times_ms"]),
        _baselines(report["baselines"]),
        _compared(report["compared"]),
        _made_with(report),
    ]
    return page(title, [part for part in parts if part])


def _in_short(run: Run, report: dict[str, Any]) -> str:
    told, options = report["scores"], report["options"]
    asked = "Every question was asked." if options["split"] == "all" else f"The questions of the {options['split']} split were asked."
    asked += "" if options["kind"] == "all" else f" Only those of the kind “{named(options['kind'])}” are told of here."
    sentences = [
        f"{value(metric, told[metric]['mean'])} of the {told[metric]['cases']} {what}"
        for metric, what in (
            ("every fact told", "questions that the guidance answers got every fact of the right answer."),
            ("unanswerable recognised", "questions that it does not answer were recognised as such."),
            ("answerable refused", "questions that it answers got no answer."),
        )
        if metric in told
    ]
    explained = (
        "The range beside a figure is its 95 % interval by the percentile bootstrap (Efron and Tibshirani, 1993): how far it would move had other questions"
        " of the same kind been asked. Two figures whose ranges overlap widely need not differ."
    )
    return section("In short", asked, " ".join(sentences), explained)


def _figures(heading: str, told: Told, plain: str) -> str:
    if not told:
        return ""
    rows = [(name, PLAIN.get(name, ""), value(name, each["mean"]), spread(name, each), str(each["cases"])) for name, each in told.items()]
    return section(heading, plain, table(f"{heading}: figures", ("Figure", "What it tells", "Value", "Range", "Asked of"), rows))


def _grouped(what: str, run: Run, told: dict[str, Told], plain: str, key: Callable[[Case], str | None]) -> str:
    groups = by(run.cases, key)
    if not groups:
        return ""
    right = {name: score([came_right(case) for case in cases]) for name, cases in groups.items()}
    bars = [Bar(f"{named(name)} ({each.cases})", each.mean, each.low, each.high) for name, each in right.items()]
    listed = ", ".join(f"{named(name)} {share(each.mean)}" for name, each in right.items())
    picture = plots.bars(f"by-{what}", f"Share of questions that came out right, by {what}: {listed}.", bars, "Share of questions that came out right")
    rows = [(named(name), *(_cell(metric, each.get(metric)) for metric in IN_GROUPS)) for name, each in told.items()]
    right_is = "A question came out right where every fact was told, or where nothing was told because the guidance does not answer it."
    return section(f"By {what}", plain, right_is, picture, table(f"Figures by {what}", (what.capitalize(), *IN_GROUPS), rows))


def _cell(metric: str, each: dict[str, Any] | None) -> str:
    return f"{value(metric, each['mean'])} ({spread(metric, each)}) of {each['cases']}" if each else "–"


def _confidence(run: Run) -> str:
    points = risk_coverage(run.cases)
    if not points:
        return ""
    plain = "Were the assistant to answer only what it is surest of, it would answer fewer questions, and fewer of those answers should be wrong."
    formula = (
        "For each confidence t: share answered = questions answered with confidence of t or more / all questions; share wrong = those of them that came out"
        " wrong or incomplete / questions answered with confidence of t or more (risk and coverage: El-Yaniv and Wiener, 2010). The curve ends at the"
        " confidence from which the assistant answers today; what it would have said below that is not known. Questions that the guidance"
        f" does not answer are {share(sum(not case.question.answerable for case in run.cases) / len(run.cases))} of all."
        f" The picture leaves out the first {FEWEST} answers, of which one wrong answer is a large share."
    )
    last = points[-1]
    rows = [(f"at least {least:.0%} answered", *_point(point)) for least in AT_SHARES if (point := at_coverage(points, least))]
    rows.append(("as in use", *_point(last)))
    told = f"Shares of answers that are wrong or incomplete, and that should not have been given, over the share of questions answered. {_told(last)}"
    columns = ("Where", "Answered from confidence", "Share answered", "Of those, wrong or incomplete", "Of those, on what the guidance does not answer")
    return section(
        "When to answer",
        plain,
        formula,
        plots.risk_curve("risk", told, steady(points, len(run.cases))),
        table("Wrong answers at each share answered", columns, rows),
    )


def _point(point: Point) -> tuple[str, ...]:
    return f"{point.threshold:.2f}", share(point.answered), share(point.wrong), share(point.uncovered)


def _told(point: Point) -> str:
    wrong = f"{share(point.wrong)} of those answers are wrong or incomplete and {share(point.uncovered)} should not have been given"
    return f"As in use {share(point.answered)} are answered; {wrong}. The table below tells more."


def _waiting(run: Run, told: dict[str, float]) -> str:
    if not run.milliseconds:
        return ""
    half, most, nearly_all = (quantile(run.milliseconds, part) for part in (0.5, 0.95, 0.99))
    plain = "How long a person waits for an answer, from sending the question over HTTP to having the whole answer."
    named_so = f"Half of the {len(run.milliseconds)} answers took {half:.0f} ms or less, 95 of 100 took {most:.0f} ms or less."
    shown = [each for each in run.milliseconds if each <= nearly_all]
    left_out = f"The picture leaves out the slowest {len(run.milliseconds) - len(shown)}; the slowest of all took {max(run.milliseconds):.0f} ms."
    picture = plots.times("times", f"Histogram of answering times. {named_so}", shown, [(f"half: {half:.0f} ms", half), (f"95 of 100: {most:.0f} ms", most)])
    rows = [(name, f"{number:.2f}" if "/" in name else f"{number:.1f} ms") for name, number in told.items()]
    explained = "“Bare embedding” is the time of the embedding model alone on the same questions, in the same run."
    return section("Waiting time", plain, f"{named_so} {left_out}", picture, table("Times", ("Time", "Value"), rows), explained)


def _baselines(told: dict[str, Told]) -> str:
    if not told:
        return ""
    plain = (
        "What plainer ways of searching the same texts find, and what ours finds with one of its parts taken away: how much lower, so much the part is worth."
    )
    fair = (
        f"Ours less a part is to be compared with “{WHOLE}”: in these the ranker, where there is one, was learned anew from the training questions"
        " alone. A part whose loss leaves a figure as it was, within its range, is not shown to help on these questions."
        " The llama-index baseline is flattered: one of its chunks holds some nine passages and counts as right wherever any of them is."
    )
    bars = [Bar(name, each["mean"], each["low"], each["high"], not name.startswith("ours")) for name, each in _of(told, OF_BASELINES)]
    listed = "; ".join(f"{name} {value(OF_BASELINES, each['mean'])}" for name, each in _of(told, OF_BASELINES))
    picture = plots.bars("baselines", f"Questions with a right passage among the first five found: {listed}.", bars, "Right passage among the first five found")
    metrics = list(dict.fromkeys(metric for each in told.values() for metric in each))
    rows = [(name, *(f"{value(m, each[m]['mean'])} ({spread(m, each[m])})" if m in each else "–" for m in metrics)) for name, each in told.items()]
    meanings = table("What the columns tell", ("Column", "What it tells"), [(metric, PLAIN.get(metric, "")) for metric in metrics])
    return section("Against other ways of searching", plain, fair, picture, table("Ways of searching", ("Way", *metrics), rows), meanings)


def _of(told: dict[str, Told], metric: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, each[metric]) for name, each in told.items() if metric in each]


def _compared(told: dict[str, tuple[float, float, float, int]]) -> str:
    if not told:
        return ""
    plain = "This run less the run it was compared with, over the questions that both answered; a range that includes 0 may be chance."
    rows = [
        (name, change(name, difference), f"{change(name, low)} to {change(name, high)}", str(cases)) for name, (difference, low, high, cases) in told.items()
    ]
    shares = [Bar(name, 100 * mean, 100 * low, 100 * high) for name, (mean, low, high, _) in told.items() if name != "answer words"]
    listed = "; ".join(f"{row[0]} {row[1]}" for row in rows)
    picture = plots.differences("compared", f"Change in each figure since the other run, with its range: {listed}.", shares, "Change, in points of a hundred")
    method = "Ranges are 95 % intervals of the mean difference, question by question (paired bootstrap)."
    return section(
        "Compared with another run",
        plain,
        method,
        picture,
        table("Change in each figure, in points of a hundred", ("Figure", "Change", "Range", "Questions"), rows),
    )


def _made_with(report: dict[str, Any]) -> str:
    plain = "What was measured, so that it can be measured again: the commit of the program, the digest of the library, and every setting."
    index = report["index"]
    rows = [("commit", report["commit"]), ("library digest (sha256)", index["library_digest"]), ("made at", report["made_at"])]
    for part in ("options", "settings", "index"):
        rows += [(f"{part}: {named(name)}", str(each)) for name, each in report[part].items() if name != "library_digest"]
    return section("What was measured", plain, table("Configuration", ("Name", "Value"), rows))
