"""`zhice`, and `python -m bot`: a bare question is answered, the service started; everything else is a matter of the command line."""

from __future__ import annotations

import gc
import sys

from bot.core.errors import ConfigurationError

WRONG = 2
"""Exit code: the operator has something to mend."""


def main() -> None:
    """Runs a command; what the operator can mend is said in plain lines, without a trace."""
    try:
        _run(sys.argv[1:])
    except ConfigurationError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(WRONG)
    except BrokenPipeError:
        sys.exit(0)


def _run(given: list[str]) -> None:
    match given:
        case ["lookup", question] if question.strip() and not question.startswith("-"):
            # Reading options takes the command line as long as finding the answer; here are none.
            from bot.commands.answering import ask

            print(ask(question))
        case ["serve" | "web" | "worker" as part]:
            # Nor do these take any: the command line would be a thirtieth of their start, and stay with them.
            # What a start makes stays. Looking it through for garbage again and again takes a fifth of it: that is done once all stands.
            gc.disable()
            from bot.process import run

            run(web=part != "worker", work=part != "web")
        case _:
            from bot.commands.command_line import app

            app()


if __name__ == "__main__":
    main()
