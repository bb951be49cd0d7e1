#!/usr/bin/env python3
"""Checks what otherwise drifts. Prints `ok NAME` or `FAIL NAME: file:line why`; exit code 1 if anything failed.

tidy.py [NAME…]    without a name: every check
"""
import sys

import build_files
import include_directions
import licences
import node_engines
import screens
import source_style
import texts

CHECKS = {
    "include-directions": include_directions.directions,
    "outside-headers": include_directions.outside_headers,
    "sources-in-build": build_files.sources_in_build,
    "folders-in-build": build_files.folders_in_build,
    "tests-have-sources": build_files.tests_have_sources,
    "sources-have-tests": build_files.sources_have_tests,
    "tests-registered": build_files.tests_registered,
    "tests-in-an-area": build_files.tests_in_an_area,
    "planted-bugs-listed": build_files.planted_bugs_listed,
    "file-length": source_style.file_length,
    "headers-say-what": source_style.headers_say_what,
    "tests-say-goal": source_style.tests_say_goal,
    "no-loose-ends": source_style.no_loose_ends,
    "no-loop-over-part-of-a-temporary": source_style.no_loop_over_part_of_a_temporary,
    "no-temporaries-in-co-await": source_style.no_temporaries_in_co_await,
    "documented-paths-exist": texts.documented_paths_exist,
    "no-machine-paths": texts.no_machine_paths,
    "scripts-executable": texts.scripts_executable,
    "linked-libraries": licences.linked_libraries,
    "npm-packages": licences.npm_packages,
    "licence-text": licences.licence_text,
    "node-engines": node_engines.node_engines,
    "literals-in-the-theme": screens.literals_in_the_theme,
    "icons-known": screens.icons_known,
    "qml-in-build": screens.qml_in_build,
    "lists-by-number": screens.lists_by_number,
    "bound-files-load-by-address": screens.bound_files_load_by_address,
}


def main():
    names = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print("no such check:", *unknown, file=sys.stderr)
        return 2
    failed = False
    for name in names:
        found = list(CHECKS[name]())
        failed = failed or bool(found)
        if not found:
            print("ok", name)
        for path, line, why in found:
            print(f"FAIL {name}: {path}:{line} {why}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
