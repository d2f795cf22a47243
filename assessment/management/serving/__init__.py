"""The server of `start`: Tornado speaks HTTP in one thread, the site answers in others."""
