"""``python -m spelregel`` is the program ``spelregel``."""

import sys

from spelregel._program import main

if __name__ == "__main__":
    sys.exit(main())
