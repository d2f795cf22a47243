"""The kinds of question, one class each: the only place that knows how one kind differs."""
