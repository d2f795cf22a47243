"""From the report's HTML to a PDF, in a process of its own."""
