"""The only Jinja door: a small, allow-listed template language that cannot run away.

Jinja reads the text into a syntax tree and does no more than that. An allow-list checks the
tree, and the little interpreter below walks it: nothing becomes Python code, no Python
attribute is ever looked up, and every step is counted. So there is no escape to look for (the
sandbox of Jinja stops those) and no bomb (which that sandbox does not).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from jinja2 import Environment, TemplateSyntaxError, nodes

from content_kit.errors import KitError
from content_kit.files.marks import bold
from content_kit.findings import Finding, Place, clipped, nearest

MAX_SOURCE: Final = 20_000
MAX_OUTPUT: Final = 20_000
MAX_STEPS: Final = 50_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 4_000

FILTERS: Final = (
    "tebal", "gabung", "kapital", "kecil", "awal", "utuh", "panjang", "bawaan", "bilangan",
    "tanpa_bilangan",
)  # fmt: skip
"""Bold where the channel can, join as words, upper, lower, first letter upper, never broken over
two lines, length, default."""

# Values of any kind are compared; Python's TypeError for those that cannot be becomes a finding.
_COMPARISONS: Final[Mapping[str, Callable[[object, object], object]]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,  # type: ignore[operator]
    "gt": lambda a, b: a > b,  # type: ignore[operator]
    "lteq": lambda a, b: a <= b,  # type: ignore[operator]
    "gteq": lambda a, b: a >= b,  # type: ignore[operator]
    "in": lambda a, b: a in b,  # type: ignore[operator]
    "notin": lambda a, b: a not in b,  # type: ignore[operator]
}


class TemplateError(KitError):
    """A user meets it as a finding: a template says something that content_kit does not run."""

    def __init__(self, finding: Finding, missing: str = "") -> None:
        super().__init__(finding.sentence())
        self.finding = finding
        self.missing = missing
        """The name that the data does not have, where that is what is wrong."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One checked text with `{{ }}` and `{% %}`; `paths` are the dotted names it speaks of."""

    source: str
    at: Place
    paths: tuple[str, ...]
    _body: tuple[nodes.Node, ...]

    def render(self, context: Mapping[str, object]) -> str:
        """The text for this data; TemplateError when a name is missing or the work too much."""
        run = _Run(context, self.at)
        run.body(self._body, dict(context))
        return "".join(run.written)


@dataclass(frozen=True, slots=True)
class Expr:
    """One checked expression, such as the `when` and `each` of a scene."""

    source: str
    at: Place
    paths: tuple[str, ...]
    _node: nodes.Expr

    def __call__(self, context: Mapping[str, object]) -> object:
        """Its value for this data; None for an attribute that is not there."""
        value = _Run(context, self.at).value(self._node, dict(context))
        return None if isinstance(value, _Missing) else value


class Sandbox:
    """Reads and checks templates; holds no state besides the parser's settings."""

    def __init__(self) -> None:
        self._jinja = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - never renders

    def template(self, source: str, at: Place) -> Leaf:
        """A text as a leaf; TemplateError ("model-rusak", "model-terlalu-mahal") if refused."""
        body = tuple(self._parsed(source, at).body)
        check = _Check(at)
        check.statements(body, {})
        return Leaf(source, at, tuple(check.paths), body)

    def expression(self, source: str, at: Place) -> Expr:
        """What stands in `when: …` or after `in` of `each: x in …`, without braces."""
        if "{{" in source or "{%" in source:
            said = "di sini tidak perlu kurung kurawal."
            _refuse(said, at, "Tulis misalnya when: isi.foto, bukan {{ isi.foto }}.")
        wrapped = self._parsed("{{ " + source + " }}", at).body
        only = wrapped[0] if len(wrapped) == 1 else None
        outputs = only.nodes if isinstance(only, nodes.Output) else []
        if len(outputs) != 1 or isinstance(outputs[0], nodes.TemplateData):
            _refuse("pernyataan ini tidak terbaca.", at, "Tulis satu nama atau perbandingan saja.")
        check = _Check(at)
        check.expression(outputs[0], {}, 0)
        return Expr(source, at, tuple(check.paths), outputs[0])

    def _parsed(self, source: str, at: Place) -> nodes.Template:
        if len(source) > MAX_SOURCE:
            _too_costly(f"tulisan model lebih dari {MAX_SOURCE} huruf.", at)
        try:
            return self._jinja.parse(source)
        except TemplateSyntaxError as error:
            place = _line(at, error.lineno)
            told = str(error.message or "")
            if "unknown tag" in told:
                _refuse("perintah ini tidak dipakai di model.", place, "Yang ada: if dan for.")
            _refuse(
                "tulisan di dalam {{ }} atau {% %} tidak terbaca.",
                place,
                "Periksa kurung, tanda kutip, dan penutup endif atau endfor.",
            )
        except RecursionError:
            _too_costly("tulisan model bersarang terlalu dalam.", at)
        except (ValueError, AssertionError, OverflowError, MemoryError):
            _refuse("tulisan model tidak terbaca.", at, "Periksa angka dan tanda kutip.")


class _Check:
    """Walks a syntax tree once, before it is ever run, and refuses all that is not listed."""

    def __init__(self, at: Place) -> None:
        self.at = at
        self.paths: dict[str, None] = {}
        self.count = 0

    def statements(
        self, body: Sequence[nodes.Node], known: Mapping[str, str], depth: int = 0
    ) -> None:
        for node in body:
            self._enter(node, depth)
            if isinstance(node, nodes.Output):
                for item in node.nodes:
                    if not isinstance(item, nodes.TemplateData):
                        self.expression(item, known, depth + 1)
            elif isinstance(node, nodes.If):
                self.expression(node.test, known, depth + 1)
                for part in (node.body, node.elif_, node.else_):
                    self.statements(part, known, depth + 1)
            elif isinstance(node, nodes.For):
                self._loop(node, known, depth)
            else:
                self._no(node, "perintah ini tidak dipakai di model.", "Yang ada: if dan for.")

    def _loop(self, node: nodes.For, known: Mapping[str, str], depth: int) -> None:
        if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
            self._no(node, "perulangan ini tidak dikenal.", "Tulis {% for butir in isi.daftar %}.")
        self._word(node.target, node.target.name)
        over = self.expression(node.iter, known, depth + 1)
        inner = {**known, node.target.name: over, "loop": ""}
        self.statements(node.body, inner, depth + 1)
        self.statements(node.else_, known, depth + 1)

    def expression(self, node: nodes.Node, known: Mapping[str, str], depth: int) -> str:
        """Check one expression; returns the dotted path it stands for, if it is one.

        `known` maps the names of loops around it to the path they go over.
        """
        self._enter(node, depth)
        if isinstance(node, nodes.Name):
            self._word(node, node.name)
            path = known.get(node.name, node.name)
            if path:
                self.paths[path] = None
            return path
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self._attribute(node, known, depth)
        for part in self._parts(node):
            self.expression(part, known, depth + 1)
        return ""

    def _attribute(
        self, node: nodes.Getattr | nodes.Getitem, known: Mapping[str, str], depth: int
    ) -> str:
        key: object
        if isinstance(node, nodes.Getattr):
            key = node.attr
        elif isinstance(node.arg, nodes.Const):
            key = node.arg.value
        else:
            key = None
        if isinstance(key, str):
            self._word(node, key)
        elif not isinstance(key, int) or isinstance(key, bool):
            self._no(node, "isi kurung siku harus angka atau kata.", "Misalnya isi.daftar[0].")
        before = self.expression(node.node, known, depth + 1)
        if not before or not isinstance(key, str):
            return before
        path = f"{before}.{key}"
        self.paths.pop(before, None)
        self.paths[path] = None
        return path

    def _parts(self, node: nodes.Node) -> list[nodes.Node]:
        if isinstance(node, nodes.Const):
            if not isinstance(node.value, str | int):
                self._no(node, "hanya kata, angka bulat, dan true/false yang dipakai di model.")
            return []
        if isinstance(node, nodes.List | nodes.Tuple):
            return list(node.items)
        if isinstance(node, nodes.And | nodes.Or):
            return [node.left, node.right]
        if isinstance(node, nodes.Not):
            return [node.node]
        if isinstance(node, nodes.Compare):
            return [node.expr, *(operand.expr for operand in node.ops)]
        if isinstance(node, nodes.CondExpr):
            return [node.test, node.expr1, *([node.expr2] if node.expr2 is not None else [])]
        if isinstance(node, nodes.Test):
            if node.name != "defined" or node.args or node.kwargs:
                self._no(
                    node, f'"is {node.name}" tidak dipakai di model.', 'Yang ada: "is defined".'
                )
            return [node.node]
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        return self._no(
            node,
            "tulisan ini tidak dipakai di model.",
            "Yang ada: nama, perbandingan, and, or, not, if-else, dan saringan.",
        )

    def _filter(self, node: nodes.Filter) -> list[nodes.Node]:
        if node.name not in FILTERS:
            said = f'saringan "{clipped(node.name)}" tidak ada.'
            self._no(node, said, nearest(node.name, FILTERS))
        wanted = 1 if node.name == "bawaan" else 0
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._no(node, f'saringan "{node.name}" salah tulis.')
        if len(node.args) != wanted:
            hint = 'Tulis bawaan("kata pengganti").' if wanted else f"Tulis |{node.name} saja."
            self._no(node, f'saringan "{node.name}" salah tulis.', hint)
        return [node.node, *node.args]

    def _enter(self, node: nodes.Node, depth: int) -> None:
        self.count += 1
        if depth > MAX_DEPTH:
            _too_costly("tulisan model bersarang terlalu dalam.", _line(self.at, node.lineno))
        if self.count > MAX_NODES:
            _too_costly("tulisan model terlalu banyak isinya.", _line(self.at, node.lineno))

    def _word(self, node: nodes.Node, word: str) -> None:
        if word.startswith("_"):
            self._no(node, f'nama "{clipped(word)}" tidak boleh diawali garis bawah.')

    def _no(self, node: nodes.Node, message: str, hint: str = "") -> NoReturn:
        _refuse(message, _line(self.at, node.lineno), hint)


@dataclass(frozen=True, slots=True)
class _Missing:
    """An attribute that the data does not have: false in a condition, a finding when written."""

    said: str
    near: str


class _Run:
    """One walk over a checked tree; counts steps and written characters."""

    def __init__(self, context: Mapping[str, object], at: Place) -> None:
        self.context = context
        self.at = at
        self.steps = 0
        self.length = 0
        self.written: list[str] = []

    def body(self, body: Sequence[nodes.Node], data: dict[str, object]) -> None:
        for node in body:
            self.step(node)
            if isinstance(node, nodes.Output):
                for number, item in enumerate(node.nodes):
                    if isinstance(item, nodes.TemplateData):
                        self.write(item.data, item)
                        continue
                    text = self.text(self.value(item, data), item)
                    self.write(unquoted(text) if _quoted(node.nodes, number) else text, item)
            elif isinstance(node, nodes.If):
                self.body(self.branch(node, data), data)
            elif isinstance(node, nodes.For):
                self.loop(node, data)

    def branch(self, node: nodes.If, data: dict[str, object]) -> list[nodes.Node]:
        for choice in (node, *node.elif_):
            if self.true(choice.test, data):
                return choice.body
        return node.else_

    def loop(self, node: nodes.For, data: dict[str, object]) -> None:
        items = self.value(node.iter, data)
        if isinstance(items, _Missing):
            items = ()
        if not isinstance(items, list | tuple):
            self.no(node, "yang diulang harus berupa daftar.")
        name = node.target.name  # type: ignore[attr-defined]  # the check saw a Name
        for number, item in enumerate(items, 1):
            self.step(node)
            about = loop_words(number, len(items))
            self.body(node.body, {**data, name: item, "loop": about})
        if not items:
            self.body(node.else_, data)

    def true(self, node: nodes.Node, data: dict[str, object]) -> bool:
        value = self.value(node, data)
        return not isinstance(value, _Missing) and bool(value)

    def value(self, node: nodes.Node, data: dict[str, object]) -> object:
        self.step(node)
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.Name):
            if node.name in data:
                return data[node.name]
            return self.missing(node, node.name, data)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self.attribute(node, data)
        if isinstance(node, nodes.List | nodes.Tuple):
            return [self.value(item, data) for item in node.items]
        if isinstance(node, nodes.And):
            left = self.value(node.left, data)
            return self.value(node.right, data) if _truth(left) else left
        if isinstance(node, nodes.Or):
            left = self.value(node.left, data)
            return left if _truth(left) else self.value(node.right, data)
        if isinstance(node, nodes.Not):
            return not self.true(node.node, data)
        if isinstance(node, nodes.CondExpr):
            if self.true(node.test, data):
                return self.value(node.expr1, data)
            return self.value(node.expr2, data) if node.expr2 is not None else ""
        if isinstance(node, nodes.Test):
            return not isinstance(self.optional(node.node, data), _Missing)
        if isinstance(node, nodes.Compare):
            return self.compare(node, data)
        assert isinstance(node, nodes.Filter)  # the check lets nothing else through
        return self.filter(node, data)

    def optional(self, node: nodes.Node, data: dict[str, object]) -> object:
        if isinstance(node, nodes.Name) and node.name not in data:
            return _Missing(node.name, "")
        return self.value(node, data)

    def attribute(self, node: nodes.Getattr | nodes.Getitem, data: dict[str, object]) -> object:
        owner = self.value(node.node, data)
        key = node.attr if isinstance(node, nodes.Getattr) else node.arg.value  # type: ignore[attr-defined]  # the check saw a Const
        if isinstance(owner, _Missing):
            return owner
        if isinstance(owner, Mapping):
            if key in owner:
                return owner[key]
            return self.missing_key(str(key), [str(k) for k in owner])
        if isinstance(owner, list | tuple) and isinstance(key, int):
            return owner[key] if 0 <= key < len(owner) else _Missing(f"[{key}]", "")
        return _Missing(str(key), "")

    def missing(self, node: nodes.Node, name: str, data: dict[str, object]) -> NoReturn:
        missing = self.missing_key(name, list(data))
        inside = [owner for owner, of in data.items() if isinstance(of, Mapping) and name in of]
        near = f'Maksudnya "{inside[0]}.{name}"?' if inside else missing.near
        hint = near or f"Yang ada: {', '.join(data)}."
        place = _line(self.at, node.lineno)
        finding = Finding("model-rusak", f'"{missing.said}" tidak ada.', place, hint=hint)
        raise TemplateError(finding, missing=name)

    def missing_key(self, key: str, there: list[str]) -> _Missing:
        return _Missing(clipped(key), nearest(key, there, ""))

    def compare(self, node: nodes.Compare, data: dict[str, object]) -> bool:
        left = self.optional(node.expr, data)
        for operand in node.ops:
            right = self.optional(operand.expr, data)
            self.weigh(left, node)
            self.weigh(right, node)
            plain_left = "" if isinstance(left, _Missing) else left
            plain_right = "" if isinstance(right, _Missing) else right
            try:
                holds = _COMPARISONS[operand.op](plain_left, plain_right)
            except TypeError:
                self.no(node, "kedua isi ini tidak dapat dibandingkan.")
            if not holds:
                return False
            left = right
        return True

    def filter(self, node: nodes.Filter, data: dict[str, object]) -> object:
        assert node.node is not None
        if node.name == "bawaan":
            value = self.optional(node.node, data)
            empty = isinstance(value, _Missing) or value == "" or value is None
            return self.value(node.args[0], data) if empty else value
        value = self.value(node.node, data)
        self.weigh(value, node)
        if node.name == "panjang":
            if isinstance(value, str | list | tuple | Mapping):
                return len(value)
            self.no(node, "isi ini tidak punya panjang.")
        if node.name == "gabung":
            if not isinstance(value, list | tuple):
                self.no(node, "yang digabung harus berupa daftar.")
            return join_words([self.text(item, node) for item in value])
        text = self.text(value, node)
        if node.name == "kapital":
            return text.upper()
        if node.name == "kecil":
            # Abbreviations keep their capitals: "konsultasi KB", "vitamin A".
            words = text.split(" ")
            return " ".join(word if word.isupper() else word.lower() for word in words)
        if node.name == "utuh":
            return text.replace(" ", "\u00a0")
        if node.name == "awal":
            return text[:1].upper() + text[1:]
        if node.name in ("bilangan", "tanpa_bilangan"):
            head, _, rest = text.strip().partition(" ")
            number = head if head[:1].isdecimal() else ""
            return number if node.name == "bilangan" else rest if number else text.strip()
        channel = data.get("kanal")
        return bold(text) if isinstance(channel, Mapping) and channel.get("tebal") else text

    def text(self, value: object, node: nodes.Node) -> str:
        """A value as it is written: yes and no as words, a list or a table is a finding."""
        if isinstance(value, str):
            return str(value)
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        if isinstance(value, int):
            return str(value)
        if value is None:
            return ""
        if isinstance(value, _Missing):
            self.no(node, f'"{value.said}" tidak ada.', value.near)
        if isinstance(value, list | tuple):
            self.no(node, "daftar tidak dapat ditulis langsung.", "Tambahkan |gabung.")
        return self.no(node, "isi ini tidak dapat ditulis langsung.", "Sebutkan bagiannya.")

    def write(self, text: str, node: nodes.Node) -> None:
        self.length += len(text)
        if self.length > MAX_OUTPUT:
            _too_costly(
                f"model ini menghasilkan lebih dari {MAX_OUTPUT} huruf.",
                _line(self.at, node.lineno),
            )
        self.written.append(text)

    def weigh(self, value: object, node: nodes.Node) -> None:
        """Long values cost more than one step to look through."""
        if isinstance(value, str | list | tuple | Mapping):
            self.steps += len(value) // 50
            self.step(node)

    def step(self, node: nodes.Node) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            _too_costly("model ini mengulang terlalu banyak.", _line(self.at, node.lineno))

    def no(self, node: nodes.Node, message: str, hint: str = "") -> NoReturn:
        _refuse(message, _line(self.at, node.lineno), hint)


def loop_words(number: int, total: int) -> dict[str, object]:
    """What `loop` means inside a repetition: nomor counts from 1, pertama, terakhir."""
    return {"nomor": number, "pertama": number == 1, "terakhir": number == total}


def join_words(words: list[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"; empty words are left out."""
    words = [word for word in words if word]
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


def unquoted(text: str) -> str:
    """A text without quotation marks around the whole of it, for a place that has its own."""
    bare = text.strip()
    while len(bare) > 2 and bare[-1] in _CLOSING.get(bare[0], ""):
        inside = bare[1:-1]
        if any(mark in inside for mark in (bare[0], bare[-1])):  # two quotations, not one
            break
        bare = inside.strip()
    return bare


def _quoted(parts: Sequence[nodes.Node], number: int) -> bool:
    """Whether the template itself sets quotation marks around one of the parts of a text."""
    if not 0 < number < len(parts) - 1:
        return False
    before, after = parts[number - 1], parts[number + 1]
    return (
        isinstance(before, nodes.TemplateData)
        and isinstance(after, nodes.TemplateData)
        and before.data[-1:] in _CLOSING
        and after.data[:1] in _CLOSING[before.data[-1:]]
    )


_CLOSING: Final[Mapping[str, str]] = {
    '"': '"\u201d',
    "\u201c": '"\u201d\u201c',
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u2018": "\u2019",
    "\u00ab": "\u00bb",
    "'": "'",
}
"""Quotation marks that open, each with those that close it."""


def _truth(value: object) -> bool:
    return not isinstance(value, _Missing) and bool(value)


def _line(at: Place, line: int | None) -> Place:
    if line is None or line <= 1:  # Jinja leaves it out for a few kinds of node
        return at
    return replace(at, line=at.line + line - 1, column=1)


def _refuse(message: str, at: Place, hint: str = "") -> NoReturn:
    raise TemplateError(Finding("model-rusak", message, at, hint=hint))


def _too_costly(message: str, at: Place) -> NoReturn:
    raise TemplateError(Finding("model-terlalu-mahal", message, at, hint="Sederhanakan model ini."))
