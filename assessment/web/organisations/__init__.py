"""The pages of an organisation, for its members."""
