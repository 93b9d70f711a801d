"""Points by the million: read in chunks, measured by every core, joined to one file."""
