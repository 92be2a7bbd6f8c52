"""Runs functions that are named as sentences, and tells of each in TAP."""
import sys
import traceback


class Skip(Exception):
    """What a test raises that cannot run here; the text says why."""


def run(*tests):
    """Runs the tests and ends the program: 0, or 1 where one failed."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}")
        except Exception:
            failed += 1
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
            print(f"not ok {number} - {name}")
        else:
            print(f"ok {number} - {name}")
        sys.stdout.flush()
    sys.exit(failed > 0)
