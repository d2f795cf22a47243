"""The facilitator's pack: what runs a session of both sides from paper."""
