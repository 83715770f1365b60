"""Two programs compared: ``structure`` says what was changed, ``meaning`` for whom, and no verdict stands without an enterprise."""
