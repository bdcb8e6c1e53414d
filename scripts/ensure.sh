#!/bin/sh
# Finds out whether a part of the machine is missing; installs it with apt as root, else prints the line to run.
# Usage: ensure.sh venv PYTHON | ensure.sh chromium | ensure.sh systemd
set -eu

missing() { # $1 = what is missing, $2 = Debian packages
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "Installing $1 ..."
		export DEBIAN_FRONTEND=noninteractive
		# shellcheck disable=SC2086
		{ apt-get install -y -qq $2 || { apt-get update -qq && apt-get install -y -qq $2; }; } >/dev/null
	else
		echo "$1 is missing. Run:  sudo apt-get install -y $2" >&2
		return 1
	fi
}

case "$1" in
venv)
	command -v "$2" >/dev/null 2>&1 || missing "Python ($2)" "$2"
	"$2" -c 'import ensurepip, venv' 2>/dev/null || missing "Python's venv module" "$2-venv"
	;;
chromium)
	# The browser tests are skipped by name without it, so a missing browser is no error here (STRICT=1 makes it one).
	command -v chromium >/dev/null 2>&1 || missing "Chromium, for the browser tests," "chromium fonts-dejavu-core fonts-noto-color-emoji" || [ "${STRICT:-}" != 1 ]
	;;
systemd)
	# `systemd-analyze verify` looks at the units in deploy/; the same rule as for the browser.
	command -v systemd-analyze >/dev/null 2>&1 || missing "systemd-analyze, for the tests of the units," "systemd" || [ "${STRICT:-}" != 1 ]
	;;
*)
	echo "usage: ensure.sh venv PYTHON | ensure.sh chromium | ensure.sh systemd" >&2
	exit 2
	;;
esac
