"""How everything looks: colours, letter, sizes, rich text."""
