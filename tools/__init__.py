"""Programs that measure the site: `manage.py bench`, `soak`, `attack` and `mutations`.

Nothing in assessment/ imports them; management commands run them as processes. Tests may import
from here, nothing here imports from tests/: what both need stands here.
"""
