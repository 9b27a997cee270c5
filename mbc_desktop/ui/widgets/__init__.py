"""Widgets that any page can use: fields, marks, cards, the patient banner, the rail."""
