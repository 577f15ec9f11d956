#!/bin/sh
# Reads alerts with kcat: consume.sh BOOTSTRAP [exact|fast] [COUNT]
# Fast reading leaves out what it has shown: ce_id is among the headers, the first field of a line.
set -eu
isolation=read_committed
[ "${2:-exact}" = exact ] || isolation=read_uncommitted
folder="$(mktemp -d)"
mkfifo "$folder/alerts"
kcat -C -q -u -b "$1" -t alerts -o beginning -X isolation.level=$isolation -f '%h\t%k\t%s\n' >"$folder/alerts" &
kcat=$!
# kcat reads on until it is told to stop, also where nobody listens to it any more.
trap 'kill "$kcat" 2>/dev/null; rm -r "$folder"' EXIT
trap 'exit 130' INT TERM
seen=' '
shown=0
while IFS='	' read -r headers user alert; do
  case "$headers" in *ce_id=*) ;; *) continue ;; esac # the rest of an alert with an end of line in it
  id="${headers#*ce_id=}"
  id="${id%%,*}"
  case "$seen" in *" $id "*) continue ;; esac
  seen="$seen$id "
  printf '%s %s %s\n' "$id" "$user" "$alert"
  shown=$((shown + 1))
  if [ "$shown" = "${3:-0}" ]; then break; fi
done <"$folder/alerts"
