"""What every page carries: who, what, when, until when, and the words of staff and patient."""
