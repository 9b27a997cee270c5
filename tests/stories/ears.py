"""A client of the accessibility bus, as a screen reader is one. Run by the Python of the system, which has pyatspi.

usage: python3 tests/stories/ears.py listen FILE    writes what happens, a line of JSON each
       python3 tests/stories/ears.py walk           prints what the keyboard can reach in the program, and who has no name"""

import json
import sys

import pyatspi

FOCUSED, SHOWING, FOCUSABLE = pyatspi.STATE_FOCUSED, pyatspi.STATE_SHOWING, pyatspi.STATE_FOCUSABLE
HEARD = (
    "object:state-changed:focused", "object:property-change:accessible-description", "object:property-change:accessible-name",
    "object:announcement", "object:selection-changed",
)  # fmt: skip


def told(one) -> dict[str, object]:
    """Role, name, the labels that stand before it, text and description."""
    labels = [
        relation.getTarget(number).name
        for relation in one.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
        for number in range(relation.getNTargets())
    ]
    try:
        text = one.queryText().getText(0, -1)
    except NotImplementedError:
        text = ""
    focused = one.getState().contains(FOCUSED)
    return {
        "role": one.getRoleName(), "name": one.name, "labels": labels, "text": text, "description": one.description,
        "focused": focused,
    }  # fmt: skip


def listen(path: str) -> None:
    """Until it is ended."""
    out = open(path, "w", buffering=1, encoding="utf-8")  # noqa: SIM115 - as long as the program runs

    def hear(event) -> None:
        kind = event.type.split(":")[-1] if "property" not in event.type else event.type.split("-")[-1]
        if str(event.type).startswith("object:state-changed") and not event.detail1:
            return
        try:
            said = event.any_data if isinstance(event.any_data, str) else ""
            out.write(json.dumps({"kind": kind, "said": said, **told(event.source)}, ensure_ascii=False) + "\n")
        except Exception as error:
            out.write(json.dumps({"kind": "gone", "said": str(error)}) + "\n")

    for name in HEARD:
        pyatspi.Registry.registerEventListener(hear, name)
    pyatspi.Registry.start()


def walk() -> None:
    """Everything that shows and takes the keyboard."""
    reached, nameless = 0, []
    desktop = pyatspi.Registry.getDesktop(0)
    waiting = [one for one in desktop if one is not None and one.name == "mbc_desktop"]
    while waiting:
        one = waiting.pop()
        state = one.getState()
        waiting += [child for child in one if child is not None]
        if not (state.contains(SHOWING) and state.contains(FOCUSABLE)):
            continue
        reached += 1
        this = told(one)
        if not (this["name"] or this["labels"]):
            nameless.append(f"{this['role']} {this['description']}".strip())
    print(json.dumps({"reached": reached, "nameless": nameless}))


if __name__ == "__main__":
    listen(sys.argv[2]) if sys.argv[1] == "listen" else walk()
