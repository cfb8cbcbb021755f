"""The roster as one page for a browser: opens without a network and without scripts."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from html import escape

from content_kit.files.safe_text import shown
from content_kit.roster import words
from content_kit.roster.papers import fingerprint, in_fours
from content_kit.roster.view import Group, Roster, Row

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""No script and no address of any kind: what a file said can only ever be read."""

_STYLE = """
:root{--teal:#0b6b6b;--ink:#16302f;--grey:#5c6b6a;--rule:#d3dedc;--tint:#eef6f4;--red:#b3261e}
*{box-sizing:border-box}
body{font:16px/1.45 "Plus Jakarta Sans",system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);margin:0;background:#fff;overflow-wrap:anywhere}
header{background:var(--teal);color:#fff;padding:1.2rem max(1rem,calc((100% - 70rem)/2))}
h1{margin:0;font-size:1.6rem}header p{margin:.2rem 0 0;opacity:.92}
main{max-width:70rem;margin:0 auto;padding:1rem}
.counts{display:flex;flex-wrap:wrap;gap:.6rem;margin:0 0 1rem;padding:0;list-style:none}
.counts li{background:var(--tint);border-radius:.7rem;padding:.5rem .9rem}
.counts b{display:block;font-size:1.4rem;color:var(--teal)}
details{border-bottom:1px solid var(--rule)}details details{margin-left:1rem}
summary{padding:.55rem 0;cursor:pointer;display:flex;gap:1rem;flex-wrap:wrap}
summary::before{content:"▸ buka";color:var(--teal);font-weight:700;flex:0 0 5rem}
details[open]>summary::before{content:"▾ tutup"}
summary:hover{background:var(--tint)}
summary b{flex:1 1 14rem;min-width:0}summary span{color:var(--grey)}
summary:focus-visible{outline:3px solid var(--teal)}
.none{color:var(--red);font-weight:700}
ul.posts{list-style:none;margin:0 0 1rem;padding:0}
ul.posts li{display:grid;grid-template-columns:minmax(120px,270px) minmax(0,1fr);gap:.9rem;padding:.7rem 0;border-top:1px solid var(--rule)}
ul.posts img,.noimg{width:100%;max-width:270px;border-radius:.4rem;display:block}
.caption{white-space:pre-line;background:var(--tint);border-radius:.5rem;padding:.6rem .8rem;margin:.4rem 0!important}
.noimg{height:105px;background:var(--tint);color:var(--grey);font-size:.75rem;padding:.4rem}
ul.posts p{margin:0}.small{color:var(--grey);font-size:.9rem}.wrong{color:var(--red);font-weight:700}
@media print{details::details-content{content-visibility:visible;block-size:auto}
header{background:none;color:var(--ink);border-bottom:2px solid}
summary,ul.posts li{break-inside:avoid}summary{break-after:avoid}}
"""


def write_html(
    roster: Roster, office: str, scope: str, picture: Callable[[Row], bytes | None]
) -> str:
    """The whole page. Every word of a file is escaped, and hidden characters are spelled out."""
    return "".join(_page(roster, office, scope, picture))


def _page(
    roster: Roster, office: str, scope: str, picture: Callable[[Row], bytes | None]
) -> Iterator[str]:
    title = words.title(roster)
    yield '<!doctype html><html lang="id"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{_said(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<header><p>{_said(office)}</p><h1>{_said(title)}</h1><p>{_said(scope)}</p>"
    yield f"<p>Sidik jari {in_fours(fingerprint(roster))}</p></header><main>"
    yield '<ul class="counts">'
    for told, number in (*words.unit_counts(roster), *words.post_counts(roster)):
        yield f"<li><b>{number}</b>{told}</li>"
    yield "</ul>"
    # One place alone needs no opening: what is in it is seen at once.
    for group in roster.groups:
        yield from _group(group, roster, picture, opened=len(roster.groups) == 1)
    yield "</main></body></html>\n"


def _group(
    group: Group, roster: Roster, picture: Callable[[Row], bytes | None], *, opened: bool = False
) -> Iterator[str]:
    count = group.count
    remark = words.remark(group)
    if group.empty:
        yield f'<details><summary><b>{_said(words.group_name(group))}</b><span class="none">{remark}</span></summary></details>'
        return
    told = [f"{count.posts} postingan"]
    told += [f"{count.unchecked} belum diperiksa"] if count.unchecked else []
    told += [f"{count.eyes} perlu dilihat", f"{count.approved} disetujui"]
    told += [f"{count.missing} {words.MISSING}"] if count.missing and group.unit is None else []
    told += [remark] if remark else []
    yield f"<details{' open' if opened else ''}><summary><b>{_said(words.group_name(group))}</b><span>{' · '.join(told)}</span></summary>"
    for inner in group.inside:
        yield from _group(inner, roster, picture, opened=opened and len(group.inside) == 1)
    if group.unit is not None:
        yield '<ul class="posts">'
        for row in roster.by_unit.get(group.unit.slug, ()):
            yield _post(row, picture(row))
        yield "</ul>"
    yield "</details>"


def _post(row: Row, picture: bytes | None) -> str:
    day, at = words.moment(row)
    title = _said(words.title_of(row))
    drawn = '<div class="noimg">belum ada gambar</div>'
    if picture is not None:
        coded = base64.b64encode(picture).decode("ascii")
        drawn = f'<img alt="Gambar {title}" src="data:image/jpeg;base64,{coded}">'
    found = f'<span class="{"small" if row.fine else "wrong"}">{_said(words.found(row))}</span>'
    caption = f'<p class="caption">{_lines(row.caption)}</p>' if row.caption else ""
    decided = f" ({_said(row.decided)})" if row.decided else ""
    duty = f" · petugas {_said(row.duty_name)}" if row.duty_name else ""
    return (
        f"<li>{drawn}<div><p><b>{title}</b></p>"
        f"<p>{_said(day)} {_said(at)}{duty}</p><p class=small>{_said(words.kind(row))} · {_said(words.channels(row))}</p>"
        f"{caption}<p>{_said(row.status)}{decided} · {found}</p></div></li>"
    )


def _lines(text: str) -> str:
    """A caption with its lines; every other sign is escaped as elsewhere."""
    return "\n".join(_said(line) for line in text.splitlines())


def _said(words: str) -> str:
    return escape(shown(words), quote=True)
