"""Typed or sent JSON: what Python or the database could not hold is no JSON for a form either."""

from __future__ import annotations

import json
from typing import Any


class CleanDecoder(json.JSONDecoder):
    """For `forms.JSONField`, which takes only a JSONDecodeError for a refusal."""

    def decode(self, s: str, *args: Any) -> Any:
        """Raises JSONDecodeError, also of what is nested too deeply, of a number of thousands of
        digits and of half a letter (U+D800 to U+DFFF)."""
        try:
            found = super().decode(s, *args)
            json.dumps(found, ensure_ascii=False).encode()
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError("cannot be held", s, 0) from error
        return found
