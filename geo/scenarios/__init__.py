"""The options, and who reported what of them."""
