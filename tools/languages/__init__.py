"""What can be checked of a translated bank without a native speaker: `python3 -m tools.languages`."""
