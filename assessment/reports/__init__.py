"""The report: sections from a result, drawn as a page and as a PDF."""
