"""`zhice` at the command line: `command_line` and its parts read what was typed, the other modules do it."""
