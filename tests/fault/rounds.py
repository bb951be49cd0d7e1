"""What the programs of faults share: options, a folder for the time of a run, and the line that replays a failure."""
import argparse
import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "integration"))
import programs  # noqa: E402  the folder above is where it lies


def from_environment(name, otherwise):
    return int(os.environ.get(name, otherwise))


def options_of(text):
    """A parser with what each of them takes."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="folder of the two programs")
    parser.add_argument("--seed", type=int, default=from_environment("ZHICHA_SEED", 1))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the folders for a look after a failure")
    parser.add_argument("--each", type=int, nargs=2, metavar=("FIRST", "COUNT"),
                        help="so many of the list of all of them, one after the other, instead of some by chance")
    return parser


def replay(options):
    """Every option as it was, whether it stood in the line or in the environment."""
    words = [sys.argv[0]]
    for name, value in vars(options).items():
        if isinstance(value, bool) or value is None:
            words += [f"--{name}"] if value else []
        elif isinstance(value, list):
            words += [f"--{name}", *map(str, value)]
        else:
            words += [f"--{name}", str(value)]
    return " ".join(words)


def run(options, play):
    """`play(options, folder)` answers what is to be said of it, or raises programs.Refused. -> the exit code"""
    folder, begun = pathlib.Path(tempfile.mkdtemp(prefix="zhicha-fault-")), time.monotonic()
    try:
        told = play(options, folder)
    except programs.Refused as failure:
        kept = f"\nfolder: {folder}" if options.keep else ""
        print(f"FAILED: {failure}\nreplay: {replay(options)}{kept}", file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{told}, {time.monotonic() - begun:.0f} s, seed {options.seed}")
    return 0
