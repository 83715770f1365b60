"""Places in a text as people count them."""

from fayan_dsl.figures import figures_in
from fayan_dsl.source import Source, Span, cells, utf16_column


def test_lines_and_columns() -> None:
    source = Source("甲.pol", "一二\r\n三\n")
    assert source.position(0) == (1, 1)
    assert source.position(1) == (1, 2)
    assert source.position(4) == (2, 1)
    assert source.position(6) == (3, 1)
    assert source.line_count == 3
    assert [source.line_text(line) for line in (1, 2, 3)] == ["一二", "三", ""]


def test_widths() -> None:
    assert cells("a法，e\u0301") == 6
    assert utf16_column("法𠮷a") == 4


def test_a_span_reaches_to_another() -> None:
    assert Span(3, 5).to(Span(1, 9)) == Span(3, 9)
    assert Span(3, 9).to(Span(4, 5)) == Span(3, 9)


def test_figures_in_running_text() -> None:
    found = figures_in("自2022年1月1日起，对B2级企业给予10万元，降低20%、三分之一。")
    assert [(figure.kind, figure.text) for figure in found] == [
        ("DATE", "2022年1月1日"),
        ("NUMBER", "10万元"),
        ("NUMBER", "20%"),
        ("NUMBER", "三分之一"),
    ]
    assert sum(1 for _ in figures_in("1" * 9000)) == 225
