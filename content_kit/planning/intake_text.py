"""What cells say into the text of a file: only what differs is spliced in, the rest keeps its bytes."""

from __future__ import annotations

from content_kit.errors import KitError
from content_kit.files import splice
from content_kit.planning.cells import Cell, Data


def put(data: Data, cell: Cell, said: str) -> None:
    """Set what a cell says where it differs from what is there; an empty one takes it away."""
    if said == cell.said(data) or (cell.kept and not said):
        return
    value = cell.value(said) if said else None
    here = data
    for step, following in zip(cell.path, (*cell.path[1:], None), strict=True):
        fresh: Data = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, dict) and isinstance(step, str):
            if following is None or not isinstance(here.get(step), type(fresh)):
                here[step] = fresh
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int):
            here.extend([None] * (step + 1 - len(here)))
            if following is None or not isinstance(here[step], type(fresh)):
                here[step] = fresh
            here = here[step]


def pruned(new: Data, old: Data) -> Data:
    """The new data without what was emptied; what was empty before stays as it was."""
    if new == old:
        return new
    if isinstance(new, dict):
        was = old if isinstance(old, dict) else {}
        kept = {key: pruned(value, was.get(key)) for key, value in new.items()}
        return {
            k: v for k, v in kept.items() if v not in (None, {}, []) or (k in was and v == was[k])
        }
    if isinstance(new, list):
        old_items = old if isinstance(old, list) else []
        items = [
            pruned(item, old_items[n] if n < len(old_items) else None) for n, item in enumerate(new)
        ]
        return [item for item in items if item not in (None, {}, [])]
    return new


def spliced(text: str, old: Data, new: Data) -> str:
    """The text after every difference between what it says and what it shall say."""
    sets: list[tuple[splice.Path, splice.Value]] = []
    adds: list[tuple[splice.Path, splice.Value]] = []
    removes: list[splice.Path] = []
    _differ(old, new, (), sets, adds, removes)
    try:
        text = splice.set_values(text, sets)
    except KitError:
        for path, value in sets:
            text = splice.set_value(text, path, value)
    for path, value in adds:
        text = splice.add_item(text, path, value)
    for path in reversed(removes):
        text = splice.remove_item(text, path)
    return text


def _differ(
    old: Data,
    new: Data,
    path: splice.Path,
    sets: list[tuple[splice.Path, splice.Value]],
    adds: list[tuple[splice.Path, splice.Value]],
    removes: list[splice.Path],
) -> None:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key in old:
                _differ(old[key], value, (*path, key), sets, adds, removes)
            else:
                sets.append(((*path, key), value_of(value)))
        removes += [(*path, key) for key in old if key not in new]
    elif isinstance(old, list) and isinstance(new, list) and old:
        for number, (before, after) in enumerate(zip(old, new, strict=False)):
            _differ(before, after, (*path, number), sets, adds, removes)
        adds += [(path, value_of(item)) for item in new[len(old) :]]
        removes += [(*path, number) for number in range(len(new), len(old))]
    else:
        sets.append((path, value_of(new)))


def value_of(data: Data) -> splice.Value:
    """The data as it is written: what is missing is an empty text."""
    if isinstance(data, dict):
        return {key: value_of(value) for key, value in data.items()}
    if isinstance(data, list):
        return [value_of(item) for item in data]
    return data or ""
