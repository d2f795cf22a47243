"""Whether the site may listen where it shall; standard library only, for `manage.py` asks it before
anything is installed.
"""

from __future__ import annotations

import socket

HOST, PORT = "127.0.0.1", 8000


def why_not(host: str, port: int) -> str:
    """A sentence; empty where nothing stands in the way."""
    if not 0 < port < 65536:
        return f"{port} is not a port: choose one from 1 to 65535."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return refusal(host, port, error)
    return ""


def refusal(host: str, port: int, error: OSError) -> str:
    return (
        f"Port {port} on {host} cannot be used ({error.strerror}): "
        f"choose another one, such as --port {port % 65535 + 1}."
    )
