"""A user's file: found, recognised, read strictly, written whole or not at all."""
