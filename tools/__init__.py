"""Programs that measure the site: `python3 manage.py bench` and `python3 manage.py soak`.

Nothing in assessment/ imports them; management commands run them as processes. Tests may import
from here, nothing here imports from tests/: what both need stands here.
"""
