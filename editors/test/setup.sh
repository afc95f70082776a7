# Functions that set up real editors for the tests. Sourced by editors/test.sh; needs bash, root,
# Debian's package tools, Node and npm.
#
# Everything comes through apt and npm, and stays in $JIANGGAO_EDITORS, outside the checkout. An editor
# that is already there is not fetched again; a half-finished one is thrown away first.

: "${JIANGGAO_EDITORS:=${XDG_CACHE_HOME:-$HOME/.cache}/jianggao-editors}"
# The suite that Neovim, Helix and Emacs are taken from. `trixie` is older, and holds still.
: "${JIANGGAO_EDITORS_SUITE:=forky}"
# The code-server release whose VS Code is used: 4.100.3 holds VS Code 1.100.3 and runs on Node 20.
: "${JIANGGAO_CODE_SERVER:=4.100.3}"
export JIANGGAO_EDITORS LC_ALL=C.UTF-8 npm_config_fetch_retries=5

fail() {
  echo "error: $*" >&2
  return 1
}

# apt ARGUMENT...: apt-get, once nobody else holds its locks. It waits for those of dpkg by itself, and gives up at
# once at that of the package lists.
apt() {
  local output tries status
  output=$(mktemp)
  for ((tries = 0; tries < ${JIANGGAO_APT_TRIES:-120}; tries++)); do
    apt-get -o DPkg::Lock::Timeout=600 "$@" > "$output" 2>&1
    status=$?
    ((status != 0)) && grep -qE 'Could not get lock|Unable to (lock|acquire)' "$output" || break
    sleep 5
  done
  cat "$output"
  rm -f "$output"
  return $status
}

# Programs of this machine's own Debian: the browser, its fonts, the terminal for the tests.
setup_system() {
  local packages=() program package
  while read -r program package; do
    command -v "$program" > /dev/null || packages+=("$package")
  done <<< 'chromium chromium
tmux tmux
vim vim
patchelf patchelf
rg ripgrep
fc-list fontconfig'
  [[ -e /usr/share/vim-ale ]] || packages+=(vim-ale)
  [[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]] || packages+=(fonts-noto-cjk)
  [[ -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ]] || packages+=(fonts-noto-color-emoji)
  ((${#packages[@]})) || return 0
  export DEBIAN_FRONTEND=noninteractive
  apt -qq -o Acquire::Retries=3 update || fail 'apt-get update failed' || return
  apt -qq -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 install --no-install-recommends "${packages[@]}" > "$JIANGGAO_EDITORS/apt.log" 2>&1 ||
    { tail -20 "$JIANGGAO_EDITORS/apt.log" >&2; fail "apt-get install ${packages[*]} failed"; }
}

# What the editors never run: the compiler that Emacs would use for native code.
UNUSED='^(binutils|cpp|gcc-|gcc_|linux-libc-dev|libc6-dev|libc-dev-bin|libgcc-[0-9]+-dev|libcc1|lib(a|l|t|ub|hwa)san|libitm|libquadmath|libgprofng|libctf|libsframe|libbinutils)'

# unpack_debs SUITE FOLDER PACKAGE...: unpacks the packages, and all that they depend on, from another
# suite of Debian into FOLDER. Nothing is installed and no script of a package runs.
unpack_debs() {
  local suite=$1 folder state mirror deb
  folder=$(realpath -m "$2") && shift 2
  state=$folder.apt
  # The mirror this machine uses already.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v -- -security | head -n 1)
  [[ -n $mirror ]] || fail 'apt knows no Debian mirror' || return
  mkdir -p "$folder" "$state"/{state/lists/partial,cache/archives/partial}
  # Nothing counts as installed, so that the C library comes along.
  : > "$state/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$state/sources.list"
  local options=(-qq -o Dir::State="$state/state" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache"
    -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferencesparts=/dev/null -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=3
    -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Dpkg::Use-Pty=0)
  apt-get "${options[@]}" update || fail "no package lists of $suite" || return
  apt-get "${options[@]}" -y --download-only install "$@" > "$state/log" 2>&1 ||
    { tail -20 "$state/log" >&2; fail "cannot fetch $* of $suite"; } || return
  for deb in "$state"/cache/archives/*.deb; do
    [[ ${deb##*/} =~ $UNUSED ]] || dpkg -x "$deb" "$folder" || return
  done
  rm -rf "$state"
}

# relocate FOLDER PROGRAM...: makes the unpacked programs use the loader and libraries of FOLDER. They
# are changed in place: Neovim starts itself again by its own path.
relocate() {
  local folder libraries loader file
  folder=$(realpath -e "$1") && [[ $folder != / ]] || fail 'relocate: no folder' || return
  shift
  libraries=$folder/usr/lib/$(uname -m)-linux-gnu
  loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux-*.so.*' | head -n 1)
  [[ -n $loader ]] || fail "no loader in $libraries" || return
  # A RUNPATH in a library would switch off the RPATH of the program.
  for file in "$libraries"/*.so*; do
    if [[ -f $file && ! -L $file && -n $(patchelf --print-rpath "$file" 2> /dev/null) ]]; then
      patchelf --force-rpath --set-rpath "$libraries" "$file"
    fi
  done
  for file; do
    patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$folder/$file" || return
  done
}

# Neovim, Helix and Emacs; start them by the scripts in $JIANGGAO_EDITORS/bin.
setup_terminal_editors() {
  local root=$JIANGGAO_EDITORS/$JIANGGAO_EDITORS_SUITE
  if ! [[ -e $root.done ]]; then
    rm -rf "$root"
    unpack_debs "$JIANGGAO_EDITORS_SUITE" "$root" neovim hx emacs-nox || return
    relocate "$root" usr/bin/nvim usr/bin/hx usr/bin/emacs-nox || return
    touch "$root.done"
  fi
  write_starters "$root" "$JIANGGAO_EDITORS/bin"
}

# write_starters FOLDER BIN: scripts that start the editors unpacked into FOLDER.
write_starters() {
  local root=$1 bin=$2 version
  mkdir -p "$bin"
  cat > "$bin/nvim" <<SH
#!/bin/sh
export VIMRUNTIME=$root/usr/share/nvim/runtime
exec $root/usr/bin/nvim "\$@"
SH
  cat > "$bin/hx" <<SH
#!/bin/sh
export HELIX_RUNTIME=$root/usr/lib/hx/runtime
exec $root/usr/bin/hx "\$@"
SH
  version=$(find "$root/usr/share/emacs" -maxdepth 1 -name '[0-9]*' -printf '%f\n' | head -n 1)
  cat > "$bin/emacs" <<SH
#!/bin/sh
share=$root/usr/share/emacs/$version
image=\$(echo $root/usr/libexec/emacs/$version/*/emacs-*.pdmp)
export EMACSLOADPATH=\$share/lisp EMACSDATA=\$share/etc EMACSDOC=\$share/etc EMACSPATH=\${image%/*}
exec $root/usr/bin/emacs-nox --dump-file="\$image" "\$@"
SH
  chmod +x "$bin"/*
  "$bin/nvim" --version > /dev/null && "$bin/hx" --version > /dev/null && "$bin/emacs" --version > /dev/null ||
    fail "an unpacked editor does not start: remove $root.done to fetch them again"
}

# VS Code: what code-server wraps is VS Code's own server, workbench and extension host.
setup_vscode() {
  local root=$JIANGGAO_EDITORS/vscode-$JIANGGAO_CODE_SERVER
  [[ -e $root/.done ]] && return
  rm -rf "$root"
  mkdir -p "$root"
  (
    cd "$root" || exit
    npm pack --silent "code-server@$JIANGGAO_CODE_SERVER" > /dev/null || exit
    # The source maps are half of it.
    tar xzf code-server-*.tgz --strip-components=3 --exclude='*.map' package/lib/vscode || exit
    rm code-server-*.tgz
    # `npm ci` does not accept the shrinkwrap that comes along.
    npm install --omit=dev --ignore-scripts --no-audit --no-fund --silent || exit
    if [[ -d node_modules/@vscode/ripgrep ]]; then
      mkdir -p node_modules/@vscode/ripgrep/bin
      ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    fi
    touch .done
  ) || fail "cannot set up VS Code from code-server $JIANGGAO_CODE_SERVER"
}

vscode_version() {
  node -p 'require(process.argv[1]).version' "$JIANGGAO_EDITORS/vscode-$JIANGGAO_CODE_SERVER/package.json"
}
