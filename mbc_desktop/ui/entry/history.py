"""Undo and redo over whole frozen states. Successive changes of one step (the keystrokes in one field) are undone together."""

from __future__ import annotations

from typing import Generic, TypeVar

State = TypeVar("State")

LONGEST = 500


class History(Generic[State]):
    """The present state with the ones before and after it."""

    def __init__(self, present: State) -> None:
        self.present = present
        self.past: list[State] = []
        self.future: list[State] = []
        self.step = ""

    def change(self, state: State, step: str) -> None:
        """Makes `state` the present; a change of the same named step takes the place of the one before."""
        if not step or step != self.step:
            self.past.append(self.present)
            del self.past[:-LONGEST]
        self.step = step
        self.present = state
        self.future.clear()

    def undo(self) -> bool:
        """Back to the state before the last step; False when there is none."""
        if not self.past:
            return False
        self.future.append(self.present)
        self.present = self.past.pop()
        self.step = ""
        return True

    def redo(self) -> bool:
        """Forward to the state that was undone last; False when there is none."""
        if not self.future:
            return False
        self.past.append(self.present)
        self.present = self.future.pop()
        self.step = ""
        return True

    def close_step(self) -> None:
        """Lets the next change begin a step of its own, whatever its name."""
        self.step = ""
