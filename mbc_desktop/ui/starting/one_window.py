"""One window for each user: a second start hands its file to the first window, which comes to the front."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 300


def channel_name() -> str:
    """The name under which the windows of this user find one another; tells nothing about who it is."""
    return "mbc_desktop-" + hashlib.sha256(getpass.getuser().encode()).hexdigest()[:16]


def hand_over(path: Path | None, name: str = "") -> bool:
    """Asks a window that is open already to come to the front with that file; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name or channel_name())
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write((str(path.resolve()) if path else "").encode() + b"\n")
    sent = socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return sent


class OneWindow(QObject):
    """Listens for later starts. `called` carries the file named there, None for none."""

    called = Signal(object)

    def __init__(self, parent: QObject, name: str = "") -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        # What a window that crashed left behind would keep the name taken.
        if not self._server.listen(name or channel_name()):
            QLocalServer.removeServer(name or channel_name())
            self._server.listen(name or channel_name())

    def _greet(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.readyRead.connect(lambda: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            text = bytes(socket.readLine().data()).decode("utf-8", "replace").strip()
            self.called.emit(Path(text) if text else None)
