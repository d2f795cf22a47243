"""The question bank as files: an Instrument out as TOML or XLSX, and in again; no Django."""
