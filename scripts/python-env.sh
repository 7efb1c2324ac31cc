#!/usr/bin/env bash
# Makes `.venv` with the Python library that the interoperability tests drive, from the pinned list in
# Tests/Fixtures/Python/requirements.txt. Does nothing when `.venv` was made from the same list.
#
# SQLAlchemy 2.0 stores UUIDs on MariaDB differently from 2.1, and both are in use. The tests put the folder
# `.venv/sqlalchemy-2.0` before the others to run the library with the older one.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

requirements=$root/Tests/Fixtures/Python/requirements.txt
venv=$root/.venv
stamp=$venv/installed-requirements.txt

if cmp --silent "$requirements" "$stamp" && "$venv/bin/python" -c 'import authfort' 2>/dev/null &&
    [[ -d $venv/sqlalchemy-2.0 ]]; then
    say "the Python environment in .venv is up to date"
    exit
fi

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[[ -n $python ]] || fail "no Python 3.11 or newer with the venv module; install python3 and python3-venv"

say "installing $(grep '^authfort==' "$requirements") into .venv with $("$python" --version)"
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$venv/sqlalchemy-2.0" \
    SQLAlchemy==2.0.58
cp "$requirements" "$stamp"
