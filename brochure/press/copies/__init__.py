"""Personal copies: what goes to those who make them, what they do with it, and by what a stale one is known."""
