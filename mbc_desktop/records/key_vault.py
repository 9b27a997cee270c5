"""The key of a store in the vault of the operating system, for whoever does not want to type the passphrase every morning."""

from __future__ import annotations

from mbc_desktop.records.header import Header, Key, checked
from mbc_desktop.records.store_error import StoreError

SERVICE = "mbc_desktop records"


def keep_key(header: Header, key: Key) -> None:
    """Puts the key into the vault. Raises StoreError (no_vault) where the system has none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, header.id, key.secret.hex())
    except (KeyringError, RuntimeError) as error:
        raise StoreError("no_vault") from error


def kept_key(header: Header) -> Key | None:
    """The key from the vault; None when there is no vault, or it does not hold this store's."""
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(SERVICE, header.id)
        return checked(header, Key(bytes.fromhex(text))) if text else None
    except (KeyringError, RuntimeError, ValueError, StoreError):
        return None


def forget_key(header: Header) -> None:
    """Takes the key out of the vault; nothing happens when it is not there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, header.id)
    except (KeyringError, RuntimeError):
        return
