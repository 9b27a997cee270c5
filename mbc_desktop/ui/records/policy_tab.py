"""Which treatments a second person must verify: by class of drug, by route, radiotherapy, and single regimens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.records.settings import change_setting
from mbc_desktop.ui.labels import regimen_title
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands

CLASSES = (
    "cytotoxic",
    "antibody_drug_conjugate",
    "antibody",
    "her2_kinase_inhibitor",
    "cdk46_inhibitor",
    "endocrine",
    "bone_agent",
)
ROUTES = ("intrathecal", "IV", "SC", "IM", "PO")


class PolicyTab(QWidget):
    """Ticks, and one button that saves them. What a policy names and no tick shows stays in it."""

    def __init__(self, window: MainWindow, ward: Ward, commands: WardCommands) -> None:
        super().__init__()
        self._window, self._ward, self._commands = window, ward, commands
        say, self._policy = window.words.say, ward.store.setting("policy")
        self.classes = {name: self._tick(f"ui.records.class.{name}", name in self._policy["classes"]) for name in CLASSES}
        self.routes = {name: self._tick(f"ui.records.route.{name}", name in self._policy["routes"]) for name in ROUTES}
        self.radiotherapy = self._tick("ui.records.policy_radiotherapy", bool(self._policy["radiotherapy"]))
        self.noted = self._tick("ui.records.policy_noted", ward.store.setting("after_seeing") == "noted")
        self.regimens, self.answer, save = QListWidget(), QLabel(), QPushButton(say("ui.button.save"))
        self.regimens.setAccessibleName(say("ui.records.policy_regimens"))
        for regimen in sorted(ward.data.library.regimens):
            item = QListWidgetItem(regimen_title(window.words, ward.data.library, regimen, brands=False))
            item.setData(Qt.ItemDataRole.UserRole, regimen)
            item.setCheckState(Qt.CheckState.Checked if regimen in self._policy["regimens"] else Qt.CheckState.Unchecked)
            self.regimens.addItem(item)
        self.answer.setWordWrap(True)
        save.clicked.connect(self.save)
        self._lay_out(save)

    def save(self) -> None:
        """Saves what is ticked, as one act each for the policy and for who has looked before."""
        rows = (self.regimens.item(row) for row in range(self.regimens.count()))
        regimens = [str(one.data(Qt.ItemDataRole.UserRole)) for one in rows if one.checkState() is Qt.CheckState.Checked]
        value = {
            "classes": _ticked(self.classes, self._policy["classes"]),
            "routes": _ticked(self.routes, self._policy["routes"]),
            "radiotherapy": self.radiotherapy.isChecked(),
            "regimens": regimens,
        }
        noted, ward = "noted" if self.noted.isChecked() else "refused", self._ward

        def work() -> None:
            if value != ward.store.setting("policy"):
                change_setting(ward.store, ward.seat(), "policy", value)
            if noted != ward.store.setting("after_seeing"):
                change_setting(ward.store, ward.seat(), "after_seeing", noted)

        refused = self._commands.refused(work)
        told = refused or self._window.words.say("ui.records.setting_saved")
        self.answer.setText(told)
        announce(self.answer, told)
        ward.refresh()

    def _tick(self, key: str, on: bool) -> QCheckBox:
        tick = QCheckBox(self._window.words.say(key))
        tick.setChecked(on)
        return tick

    def _lay_out(self, save: QPushButton) -> None:
        say = self._window.words.say
        hint = QLabel(say("ui.records.policy_hint"))
        hint.setWordWrap(True)
        grid = QGridLayout()
        grid.setSpacing(GRID)
        grid.addWidget(QLabel(say("ui.records.policy_classes")), 0, 0)
        grid.addWidget(QLabel(say("ui.records.policy_routes")), 0, 1)
        grid.addWidget(QLabel(say("ui.records.policy_regimens")), 0, 2)
        for column, ticks in enumerate((self.classes, self.routes)):
            for row, tick in enumerate(ticks.values(), 1):
                grid.addWidget(tick, row, column)
        grid.addWidget(self.radiotherapy, len(CLASSES), 1)
        grid.addWidget(self.regimens, 1, 2, len(CLASSES) + 1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(CLASSES) + 1, 1)
        whole = QVBoxLayout(self)
        whole.setSpacing(GRID)
        whole.addWidget(hint)
        whole.addLayout(grid, 1)
        whole.addWidget(self.noted)
        whole.addWidget(self.answer)
        whole.addWidget(save, 0, Qt.AlignmentFlag.AlignRight)


def _ticked(ticks: dict[str, QCheckBox], before: list[str]) -> list[str]:
    unseen = [name for name in before if name not in ticks]
    return [*(name for name, tick in ticks.items() if tick.isChecked()), *unseen]
