"""The question bank as data: pure Python that knows neither Django nor how answers are judged."""
