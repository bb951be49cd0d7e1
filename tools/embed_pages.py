#!/usr/bin/env python3
"""Writes a C++ file that carries the files of a folder: the console's pages inside zhicha-server.

  embed_pages.py FOLDER OUT.cpp      FOLDER may be absent: then the table is empty and the server says so.
"""
import hashlib
import pathlib
import sys

MEDIA_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
               ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2",
               ".json": "application/json", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8"}


def main(folder, out):
    files = sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file() and not p.name.startswith("."))
    unknown = [p.name for p in files if p.suffix not in MEDIA_TYPES]
    if unknown:
        sys.exit(f"embed_pages.py: no media type is known for {', '.join(unknown)}")
    lines = ["// Made by tools/embed_pages.py; the bytes are taken in by the assembler.",
             '#include "sync-server/http/resources/console/console_pages.h"', ""]
    for number, path in enumerate(files):
        quoted = str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"')
        lines += ['asm(".section .rodata\\n"', f'    "zhicha_page_{number}:\\n"', f'    ".incbin \\"{quoted}\\"\\n"',
                  f'    "zhicha_page_{number}_end:\\n"', '    ".byte 0\\n"', '    ".previous\\n");']
    if files:
        lines.append('extern "C" {')
        lines += [f"extern const unsigned char zhicha_page_{n}[], zhicha_page_{n}_end[];" for n in range(len(files))]
        lines.append("}")
    lines += ["", "namespace zhicha {", "", "std::span<const ConsoleFile> consoleFiles() {"]
    if files:
        lines.append("    static const ConsoleFile files[] = {")
        for number, path in enumerate(files):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
            name = path.relative_to(folder).as_posix()
            lines.append(f'        {{"{name}", "{MEDIA_TYPES[path.suffix]}", "\\"{digest}\\"",\n'
                         f"         {{zhicha_page_{number}, static_cast<std::size_t>(zhicha_page_{number}_end - zhicha_page_{number})}}}},")
        lines += ["    };", "    return files;"]
    else:
        lines.append("    return {};")
    lines += ["}", "", "} // namespace zhicha", ""]
    text = "\n".join(lines)
    target = pathlib.Path(out)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")
    else:
        target.touch()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
