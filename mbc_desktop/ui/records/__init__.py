"""The window's part of a ward's records: who is signed in, signing, verification, history, the audit, backups."""
