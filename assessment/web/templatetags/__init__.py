"""Tags and filters of our own templates; settings.py names their libraries."""
