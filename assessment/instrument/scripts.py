"""Where scripts differ in what their texts need: blocks of Unicode, as parts of an expression."""

from __future__ import annotations

import re

# Letters here join, or words end without a space: the joiners and the space of no width are spelt.
# Signs and emoji are made of several by the same joiner.
JOINING = (
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1900-\u1cff\ua840-\ua8ff\ua900-\uaaff"
    "\uabc0-\uabff\ufb50-\ufdcf\ufe0f\ufe70-\ufefc\u2190-\u2bff\U00010a00-\U00011fff"
    "\U0001e900-\U0001e95f\U0001f000-\U0001faff"
)
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
