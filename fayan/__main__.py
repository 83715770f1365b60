"""``python -m fayan`` is ``fayan``."""

import sys

from fayan.cli import main

sys.exit(main())
