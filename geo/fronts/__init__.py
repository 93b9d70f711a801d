"""The front: read, dated, derived from an occupied area; its sectors and its two sides."""
