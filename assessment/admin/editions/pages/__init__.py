"""The pages beside an edition's form, one file a page."""
