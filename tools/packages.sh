# Which Debian 12 packages the project needs, and how they are installed. Sourced by ./run and ./test; needs tools/say.sh.
# shellcheck shell=bash disable=SC2034 # the lists are for those who source this

# Beast wants Boost 1.81 or newer: Debian 12 has that beside its own 1.74, Debian 13 has 1.83 under the plain name.
boost_package() {
    local release
    release=$(. /etc/os-release && echo "${ID:-}${VERSION_ID:-}")
    if [[ $release == debian12 ]]; then echo libboost1.81-dev; else echo libboost-dev; fi
}

# What ./run builds and serves with: no test library, no second compiler, no linter.
runtime_packages=(
    ca-certificates curl            # the registry's certificates; /healthz
    g++ cmake ninja-build ccache pkg-config
    libssl-dev                      # TLS, digests
    libsodium-dev                   # signatures, sealed boxes, passwords
    libzstd-dev                     # bodies on the wire
    libarchive-dev                  # backups
    libexpat1-dev                   # tables that come in
    "$(boost_package)"              # Beast and Asio: headers
    nlohmann-json3-dev
    libqrencode-dev                 # codes for enrolment and authenticator apps
    libexif-dev libjpeg-dev libpng-dev # previews of photos
    qt6-base-dev                    # the tablet's network side
    qt6-declarative-dev qt6-declarative-dev-tools qt6-tools-dev qt6-l10n-tools # its screens and their English
    qml6-module-qtquick qml6-module-qtquick-layouts qml6-module-qtquick-templates qml6-module-qtquick-window
    qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qt6-positioning-dev qt6-serialport-dev # receivers: the system's, and NMEA over a serial port
    qt6-multimedia-dev qml6-module-qtmultimedia # the camera and the sound of a shot
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good # what Qt Multimedia reads a real camera with
    libzxing-dev                    # reading QR codes
    libcairo2-dev                   # papers as PDF (brings FreeType and fontconfig)
    fonts-noto-cjk                  # the letters of the screens, and of papers
    fonts-arphic-gkai00mp           # 楷体 of papers
    python3                         # the demo and its comparison
)

# What ./run --demo --quarter adds.
quarter_packages=(
    faketime                        # a clock that is turned from day to day
)

# What ./test adds: test libraries, the independent codec and client of the contract tests, linters, clang's sanitizers.
test_packages=(
    git
    libgtest-dev librapidcheck-dev
    libcbor-dev                     # a second opinion on our CBOR
    python3-nacl python3-cryptography # the contract client, written from docs/PROTOCOL.md
    clang clang-format clang-tidy libclang-rt-dev
    poppler-utils                   # papers seen with other eyes: their pictures and their text
    faketime                        # a quarter is played in minutes
    python3-openpyxl                # tables seen with other eyes
    python3-jsonschema              # answers held against the schemas that are served
    shellcheck
    strace                          # one call of a program is made to fail
    chromium                        # the console's pages, walked in a real browser
    qml6-module-qttest              # the tests of the screens
    xvfb xauth                      # a display for their pictures
)

# Prints those of the named packages that are not installed, one a line.
missing_packages() {
    local name
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || echo "$name"
    done
}

# install_packages NAME…: installs what is missing, as root or through sudo. Never removes a package to make room.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        say "this is not a Debian machine: skipping packages. Needed are (Debian's names): $*"
        return 0
    fi
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        say "packages: all there"
        return 0
    fi
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null || die "these packages are missing and there is no sudo: ${missing[*]}"
        as_root=(sudo)
    fi
    say "packages: installing ${#missing[@]}: ${missing[*]}"
    step "package lists" packages "${as_root[@]}" apt-get update
    # dpkg otherwise waits for the disk after each of some 700 packages, which is most of the time it takes.
    step "packages" packages "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o Dpkg::Options::=--force-unsafe-io install -y --no-remove --no-install-recommends "${missing[@]}"
}

# Node.js and npm are asked for by program, since another source than Debian's serves as well. Prints what is missing.
node_packages() {
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

# npm_install FOLDER: what its package-lock.json names, without running anybody's install scripts. Only when the lock
# differs from the one that was installed last.
npm_install() {
    local folder=$1 stamp=$1/node_modules/.installed-lock
    if cmp -s "$folder/package-lock.json" "$stamp"; then
        say "npm packages of $folder: all there"
        return 0
    fi
    step "npm packages of $folder" npm npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund
    cp "$folder/package-lock.json" "$stamp"
}

# The console's pages, which the build puts into zhicha-server. Made anew only when a source of theirs has changed.
build_console() {
    local folder=sync-server/console digest
    [[ -f $folder/package.json ]] || return 0
    npm_install "$folder"
    digest=$(cd "$folder" && find . \( -name node_modules -o -name dist -o -name tests \) -prune -o -type f -print0 |
        sort -z | xargs -0 sha256sum | sha256sum)
    if [[ -f $folder/dist/index.html && $(cat "$folder/dist/.built-from" 2>/dev/null) == "$digest" ]]; then
        say "the console's pages: all there"
        return 0
    fi
    step "the console's pages" console npm run build --prefix "$folder"
    echo "$digest" >"$folder/dist/.built-from"
}
