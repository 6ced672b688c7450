"""Data files of the bundled encoder; see MODEL_CARD.md."""
