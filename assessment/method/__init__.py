"""The method: pure Python that turns answers into scores, levels, verdicts and recommendations."""
