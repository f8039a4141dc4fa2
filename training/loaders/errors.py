"""The one error that loaders raise for input they cannot use."""


class BadInput(Exception):
    """What is wrong with a file, and where: `path:line: message` (lines count from 1), or without a line for a whole file."""

    def __init__(self, path, message, line=None):
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
