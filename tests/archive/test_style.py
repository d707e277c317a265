"""What a stylesheet loads, and how its addresses are changed."""

from __future__ import annotations

from archive.style import Kind, references, rewritten

STYLE = """@charset "utf-8";@import 'a.css';@IMPORT url( "b.css" ) screen;
@import url(c.css?x=1;2);
@font-face{font-family:F;src:url(f.woff2) format("woff2"),url('f.ttf')}
body{background:url(  p.png ) no-repeat, url("q (1).png")}
i{background:url(data:image/png;base64,AA==)} svg{fill:url(#g)} b{background:url()}"""


def test_imports_fonts_and_pictures() -> None:
    assert list(references(STYLE)) == [
        ("a.css", "stylesheet"), ("b.css", "stylesheet"), ("c.css?x=1;2", "stylesheet"),
        ("f.woff2", "font"), ("f.ttf", "font"), ("p.png", "picture"), ("q (1).png", "picture"),
    ]  # fmt: skip


def test_what_has_no_other_address_is_not_loaded() -> None:
    shown = rewritten(STYLE, lambda address, kind: None)
    assert "@import" not in shown.lower() and "@font-face" not in shown
    assert shown.count('url("data:,")') == 2
    assert "url(data:image/png;base64,AA==)" in shown and "url(#g)" in shown and "url()" in shown
    assert not [each for each in references(shown) if not each[0].startswith("data:")]


def test_every_address_is_changed_once() -> None:
    asked: list[str] = []

    def place(address: str, kind: Kind) -> str:
        asked.append(address)
        return f"/-/{kind}/{address}"

    shown = rewritten(STYLE, place)
    assert asked == [address for address, _ in references(STYLE)]
    assert '@import url("/-/stylesheet/b.css") screen;' in shown
    assert 'src:url("/-/font/f.woff2") format("woff2"),url("/-/font/f.ttf")' in shown
    assert 'background:url("/-/picture/p.png") no-repeat, url("/-/picture/q (1).png")' in shown


def test_broken_stylesheets_end() -> None:
    many, spaces = 20_000, " " * 200_000
    for broken in ("@import url(", "@import 'a", "@font-face{src:url(x", "url('" * many, "url(" * many,
                   "@import url(" * many, "@font-face{" * many, f"url({spaces}", f"url('a'{spaces}x",
                   f"@import{spaces}", "\0000\0url(a)\0" * 50):  # fmt: skip
        assert isinstance(rewritten(broken, lambda address, kind: None), str)
