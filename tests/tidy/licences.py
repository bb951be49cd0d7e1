"""What the programs link and what npm brings stands under a licence that this project may pass on (Apache-2.0)."""
import json
import re
import subprocess

from tree import ROOT, files, text

# Shared libraries, by name without version, with the licence that their packages state. Qt is LGPL: linked dynamically.
LIBRARIES = {
    "linux-vdso": "kernel", "ld-linux-x86-64": "LGPL", "ld-linux-aarch64": "LGPL", "libc": "LGPL", "libm": "LGPL",
    "libdl": "LGPL", "libpthread": "LGPL", "librt": "LGPL", "libresolv": "LGPL", "libstdc++": "GPL with exception",
    "libgcc_s": "GPL with exception", "libcrypto": "Apache-2.0", "libssl": "Apache-2.0", "libsodium": "ISC",
    "libzstd": "BSD", "libexif": "LGPL", "libjpeg": "IJG", "libpng16": "libpng", "libz": "Zlib",
    "libQt6Core": "LGPL", "libQt6Network": "LGPL", "libicui18n": "Unicode", "libicuuc": "Unicode", "libicudata": "Unicode",
    "libglib-2.0": "LGPL", "libdouble-conversion": "BSD", "libb2": "CC0", "libpcre2-8": "BSD", "libpcre2-16": "BSD",
    "libgssapi_krb5": "MIT", "libkrb5": "MIT", "libk5crypto": "MIT", "libkrb5support": "MIT", "libcom_err": "MIT",
    "libkeyutils": "LGPL", "libproxy": "LGPL", "libbrotlidec": "MIT", "libbrotlicommon": "MIT", "libgomp": "GPL with exception",
    "libdbus-1": "AFL", "libsystemd": "LGPL", "libcap": "BSD", "liblz4": "BSD", "liblzma": "public domain",
    # libdbus reaches it through libsystemd; LGPL-2.1+ as a library, its programs alone are GPL.
    "libarchive": "BSD", "libnettle": "LGPL", "libhogweed": "LGPL", "libgmp": "LGPL", "libacl": "LGPL", "libattr": "LGPL",
    "libbz2": "BSD", "libxml2": "MIT", "libicuuc": "Unicode", "libicudata": "Unicode",
    "libgcrypt": "LGPL", "libgpg-error": "LGPL", "libqrencode": "LGPL",
    # Papers: cairo (its X parts come along, unused).
    "libcairo": "LGPL or MPL-1.1", "libpixman-1": "MIT", "libxcb-shm": "MIT", "libxcb-render": "MIT", "libXrender": "MIT",
    "libXext": "MIT",
    # The tablet's window: Qt Quick, and what draws its letters and speaks with the screen.
    "libQt6Gui": "LGPL", "libQt6Qml": "LGPL", "libQt6QmlModels": "LGPL", "libQt6Quick": "LGPL", "libQt6OpenGL": "LGPL",
    "libQt6DBus": "LGPL", "libEGL": "MIT", "libGLX": "MIT", "libGLdispatch": "MIT", "libOpenGL": "MIT", "libX11": "MIT",
    "libXau": "MIT", "libXdmcp": "MIT", "libxcb": "MIT", "libxkbcommon": "MIT", "libbsd": "BSD", "libmd": "BSD",
    "libexpat": "MIT", "libfontconfig": "MIT", "libfreetype": "FTL", "libgraphite2": "LGPL", "libharfbuzz": "MIT",
    "libmd4c": "MIT", "libQt6Positioning": "LGPL", "libQt6SerialPort": "LGPL", "libudev": "LGPL",
    # The camera and the sound of a shot; what Qt Multimedia speaks with the loudspeaker through.
    "libQt6Multimedia": "LGPL", "libZXing": "Apache-2.0", "libpulse": "LGPL", "libpulsecommon-16.1": "LGPL",
    "libsndfile": "LGPL", "libasyncns": "LGPL", "libX11-xcb": "MIT", "libFLAC": "BSD", "libogg": "BSD", "libvorbis": "BSD",
    "libvorbisenc": "BSD", "libopus": "BSD", "libmpg123": "LGPL", "libmp3lame": "LGPL",
}
NPM = {"MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "CC0-1.0", "Unlicense", "BlueOak-1.0.0",
       "Python-2.0", "(MIT OR WTFPL)", "(BSD-2-Clause OR MIT OR Apache-2.0)", "(MIT OR Apache-2.0)", "MIT OR Apache-2.0"}

# Packages that state their licence in their text and not in package.json; used by tests alone, never shipped.
NPM_BY_NAME = {"node_modules/combine-errors": "MIT"}

# Tools of the tests under a licence that is not for what we ship: run as they are, never linked into anything.
NPM_TOOLS = {("tests/console/package-lock.json", "node_modules/axe-core"): "MPL-2.0"}


def linked_libraries():
    for folder in ("build/release/bin", "build/test/bin"):
        for program in sorted((ROOT / folder).glob("*")) if (ROOT / folder).is_dir() else []:
            done = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False)
            for line in done.stdout.splitlines():
                library = line.split()[0].rsplit("/", 1)[-1] if line.split() else ""
                name = re.sub(r"\.so[.\d]*$", "", library)
                if name and name not in LIBRARIES:
                    yield f"{folder}/{program.name}", 1, f"links {library}, whose licence is not on the list"


def npm_packages():
    for name in files("package-lock.json"):
        for path, package in json.loads(text(name)).get("packages", {}).items():
            licence = package.get("license", NPM_BY_NAME.get(path))
            if path and licence not in NPM and licence != NPM_TOOLS.get((name, path), ""):
                yield name, 1, f"{path} is under {licence}, which is not on the list"


def licence_text():
    if "Apache License" not in text("LICENSE") if (ROOT / "LICENSE").exists() else True:
        yield "LICENSE", 1, "is not the Apache License"
