"""The door of `./run` and `./test`. Written so that an old Python can still say that it is too old."""

import sys

from bootstrap import usage

WANTED = (3, 11)


def main() -> int:
    """Runs the act named by the first argument and returns its exit code."""
    act, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if act not in ("run", "test"):
        sys.stderr.write("parvaneh: the act is run or test, as ./run and ./test call it\n")
        return 2
    if act == "run" and ("--help" in arguments or "-h" in arguments):
        sys.stdout.write(usage.RUN)
        return 0
    if act == "test" and arguments in (["--help"], ["-h"]):
        sys.stdout.write(usage.TEST)
        return 0
    if sys.version_info[:2] != WANTED:
        sys.stderr.write(usage.wrong_python(sys.version_info[:2], WANTED) + "\n")
        return 1
    from bootstrap.acts import perform  # noqa: PLC0415 - its syntax is that of the wanted version

    return perform(act, arguments)


if __name__ == "__main__":
    sys.exit(main())
