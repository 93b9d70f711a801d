"""What an output says about its own origin, inside the file, and whether that still holds."""
