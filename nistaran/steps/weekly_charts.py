"""The charts on the first sheet of a weekly review. Not here: the numbers beside them (weekly_book.py)."""

from __future__ import annotations

from typing import Any

_INK, _LATE = "1F3A5F", "B00020"


def line_chart(sheet: Any, title: str, *, rows: tuple[int, int], columns: tuple[int, int]) -> Any:
    """Lines over the weeks: `rows` from the headings to the last, a line a column; the first column names the weeks."""
    from openpyxl.chart import LineChart, Reference

    chart = LineChart()
    chart.add_data(
        Reference(sheet, min_col=columns[0], max_col=columns[1], min_row=rows[0], max_row=rows[1]),
        titles_from_data=True,
    )
    for series, colour in zip(chart.series, (_INK, _LATE), strict=True):
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 28000
        series.smooth = False
    chart.legend.position = "b"
    return _set(chart, sheet, title, rows)


def bar_chart(sheet: Any, title: str, *, rows: tuple[int, int], column: int, lying: bool = False) -> Any:
    """Bars, standing or lying, each with its number."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList

    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.add_data(Reference(sheet, min_col=column, min_row=rows[0], max_row=rows[1]), titles_from_data=True)
    chart.series[0].graphicalProperties.solidFill = _LATE if lying else _INK
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, other, False)
    chart.legend = None
    chart.gapWidth = 60
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"  # the worst above
        chart.x_axis.tickLblSkip = 1
    return _set(chart, sheet, title, rows)


def _set(chart: Any, sheet: Any, title: str, rows: tuple[int, int]) -> Any:
    from openpyxl.chart import Reference

    chart.set_categories(Reference(sheet, min_col=1, min_row=rows[0] + 1, max_row=rows[1]))
    chart.title, chart.width, chart.height = title, 18, 7.5
    chart.x_axis.delete = chart.y_axis.delete = False  # without this some programs show no axis
    chart.y_axis.majorGridlines = None
    return chart
