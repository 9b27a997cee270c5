"""Whole stories by real keys and a real mouse in a real window: the program as users start it, on Xvfb, driven by xdotool."""
