"""What can be checked of a translation without a native speaker: `python3 -m tools.languages`."""
