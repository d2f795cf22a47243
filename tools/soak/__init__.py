"""Long runs: people save while the server is killed and its database fails."""
