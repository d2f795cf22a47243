"""Several respondents brought together: cells, aggregation, disclosure, gaps, agreement."""
