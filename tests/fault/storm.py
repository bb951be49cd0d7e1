#!/usr/bin/env python3
"""Many tablets at once against a real server over real TLS, one of twenty hostile. Goal: nothing that a tablet was told is
lost, doubled or invented; state hashes agree; no hostile request is taken or answered with a fault of ours. Method: the
program `storm` holds the tablets; afterwards the server's own word (export, devices, fsck) is held against theirs.
ZHICHA_STORM_TABLETS, _OPERATIONS, _SECONDS ask for a larger one; with --figures the measured ratios are printed."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "integration"))
import programs  # noqa: E402

PERSONS = 4  # whose tablets they all are: what is looked at is the storm, not the list of people


def need(holds, what):
    if not holds:
        raise SystemExit(f"storm: {what}")


def blow(office, program, folder, tablets, operations, over, seed):
    """Enrols so many and lets them loose. -> what they were told"""
    codes = []
    for number in range(tablets):
        codes.append(office.command("enrol-code", "--inspector", f"督查员{number % PERSONS}"))
    listed = folder / "codes.txt"
    listed.write_text("".join(c["code"] + "\n" for c in codes), encoding="utf-8")
    stores = folder / "stores"
    stores.mkdir()
    line = [program, "--port", office.port, "--fingerprint", codes[0]["fingerprint"], "--codes", listed, "--site", "s1",
            "--folder", stores, "--operations", operations, "--engines", max(1, tablets // 100 if tablets > 50 else
                                                                             tablets // 4),
            "--hostile", max(1, tablets // 20), "--over", over, "--seed", seed]
    done = subprocess.run([str(w) for w in line], capture_output=True, text=True, timeout=1800, check=False)
    need(done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def hold_against(office, told):
    """The server knows everything that a tablet was told, once, and no more than was recorded."""
    everybody = told["prepared"] + told["whole"]
    for tablet in everybody:
        need(not tablet["trouble"], f"{tablet['device']}: {tablet['trouble']}")
    heads = {d["id"]: d["head"] for d in office.command("devices")["devices"]}
    for tablet in everybody:
        need(heads[tablet["device"]] == tablet["acknowledged"],
             f"{tablet['device']} was told {tablet['acknowledged']}, the server has {heads[tablet['device']]}")
    checks = office.command("export", "--checks")["checks"]
    need(len(checks) == len(everybody), f"{len(checks)} checks of {len(everybody)} tablets")
    found = sum(len(check["findings"]) for check in checks)
    recorded = sum(tablet["findings"] for tablet in everybody)
    need(found == recorded, f"{found} findings, {recorded} were recorded")
    for tablet in told["whole"]:
        scope = office.command("fsck", "--scope", tablet["device"])
        need(scope["state_hash"] == tablet["state_hash"], f"another state on {tablet['device']}")
    fsck = office.command("fsck")
    need(fsck["ok"], fsck)
    hostile = told["hostile"]
    need(hostile["requests"] > 0 and hostile["faults"] == 0 and hostile["accepted"] == 0, hostile)
    return sum(tablet["acknowledged"] for tablet in everybody)


def figures(name, told, operations):
    ratio = told["slowest_s"] / max(told["median_s"], 1e-9)
    print(f"== storm: {name}, {told['tablets']} tablets, {operations} operations, over TLS")
    for words, figure, target in (("seconds until all are in", told["seconds"], 15), ("slowest / median", ratio, 3),
                                  ("acknowledgement, p99, s", told["p99_s"], 2)):
        asked = (name == "all at once") == (words != "acknowledgement, p99, s")
        short = "   FALLS SHORT" if asked and figure > target else ""
        print(f"  {words:62} {figure:12.2f}" + (f"   target <= {target}{short}" if asked else ""))
    print(f"  {'processor time of the load program, s':62} {told['load_cpu_s']:12.2f}")
    print(f"  {'hostile requests meanwhile':62} {told['hostile']['requests']:12}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--storm", required=True)
    parser.add_argument("--figures", action="store_true")
    given = parser.parse_args()
    tablets = int(os.environ.get("ZHICHA_STORM_TABLETS", 20))
    operations = int(os.environ.get("ZHICHA_STORM_OPERATIONS", 25))
    seconds = float(os.environ.get("ZHICHA_STORM_SECONDS", 2))
    for name, over in (("all at once", 0), (f"arriving over {seconds:.0f} s", seconds)):
        with tempfile.TemporaryDirectory(prefix="zhicha-storm-") as temporary:
            folder = pathlib.Path(temporary)
            office = programs.make_office(given.bin, folder / "ledger")
            try:
                office.serve()
                told = blow(office, given.storm, folder, tablets, operations, int(over), 1 if over else 2)
                stored = hold_against(office, told)
            finally:
                office.close()
        if given.figures:
            figures(name, told, stored)
        else:
            print(f"{name}: {told['tablets']} tablets, {stored} operations in {told['seconds']:.1f} s, "
                  f"{told['hostile']['requests']} hostile requests", flush=True)


if __name__ == "__main__":
    main()
