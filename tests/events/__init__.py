"""What happens to a running command: it is killed, interrupted, run twice, or its disk is full. Nothing is mocked."""
