"""The S-curves of the what-if page: the plan as it would be, with the curve of the plan as it is behind it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from riskengine.analysis.decision import GateAnswer
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.pages.pictures import curve
from riskengine.pages.pictures.axis import Axis, cost_axis, finish_axis
from riskengine.pages.pictures.gate_mark import gate_mark
from riskengine.pages.pictures.scale import day_number, share_ticks
from riskengine.pages.what_if.compared import WhatIfPage

PERCENTS: Final = (1, 10, 50, 80, 90, 99)
"""Percentiles of which the outermost, of either plan, say what is on the axis."""
DAY: Final = np.timedelta64(1, "D")
EPOCH: Final = np.datetime64(0, "us")


def finish_picture(page: WhatIfPage) -> Markup:
    """Return the picture of the finish of the project, or of a target."""
    before, after = ((each.finish[each.target.index(page.target)] - EPOCH) / DAY for each in (page.before, page.after))
    plan = page.finish.of("plan")
    assert plan.after_instant is not None
    marks = [
        curve.Mark(
            "plan",
            day_number(plan.after_instant),
            page.say("outcomes.plan_mark", value=page.language.day(plan.after_instant)),
            page.say("outcomes.plan"),
        )
    ]
    for gate in page.result.gates:
        question = gate.after.gate
        if question.finish is not None and gate.after.target == page.target:
            limit = question.finish.astype("datetime64[us]").astype(datetime)
            marks.append(_gate_mark(page, gate.after, day_number(limit), page.language.moment(limit)))
    return _picture(page, (before, after), marks, finish_axis)


def cost_picture(page: WhatIfPage) -> Markup:
    """Return the picture of the cost of the project."""
    plan = page.cost.of("plan").after
    label = page.say("outcomes.plan_mark", value=page.language.money(plan, page.currency))
    marks = [curve.Mark("plan", plan, label, page.say("outcomes.plan"))]
    for gate in page.result.gates:
        limit = gate.after.gate.cost
        if limit is not None:
            marks.append(_gate_mark(page, gate.after, limit, page.language.limit(limit, page.currency)))
    after = page.after.cost
    return _picture(page, (page.before.cost, after), marks, cost_axis)


def _gate_mark(page: WhatIfPage, answer: GateAnswer, value: float, limit: str) -> curve.Mark:
    gate = answer.gate
    return gate_mark(
        page.language,
        gate.id,
        value=value,
        limit=limit,
        chance=answer.probability,
        needed=gate.confidence,
        is_joint=gate.finish is not None and gate.cost is not None,
    )


def _picture(
    page: WhatIfPage,
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
    marks: Sequence[curve.Mark],
    make_axis: Callable[[float, float, Sequence[float]], Axis],
) -> Markup:
    """Return the picture of values after and before, as large as the screen that asks."""
    percentiles = [dict(zip(PERCENTS, _order_statistics(each), strict=True)) for each in values]
    outermost = [each[percent] for each in percentiles for percent in (PERCENTS[0], PERCENTS[-1])]
    axis = make_axis(min(outermost), max(outermost), [mark.value for mark in marks])
    spread = curve.Spread(
        key="what-if",
        values=values[1],
        low=axis.low,
        high=axis.high,
        bin_width=axis.bin_width,
        percentiles=list(percentiles[1].items()),
        marks=marks,
        before=values[0],
    )
    ticks = axis.ticks(4 if page.is_narrow else 8, page.language)
    return curve.draw_alone(spread, ticks, share_ticks(page.language), is_narrow=page.is_narrow)


def _order_statistics(values: NDArray[np.float64]) -> list[float]:
    """Return the values of ``PERCENTS``."""
    ranks = [percentile_rank(values.size, percent) - 1 for percent in PERCENTS]
    return [float(value) for value in np.partition(values, ranks)[ranks]]
