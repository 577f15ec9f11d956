#!/bin/sh
# Reads alerts with kcat: consume.sh BOOTSTRAP [exact|fast] [COUNT]
# Fast reading leaves out what it has shown: ce_id is the fourth header and so the fourth field.
set -eu
isolation=read_committed
[ "${2:-exact}" = exact ] || isolation=read_uncommitted
kcat -C -q -u -b "$1" -t alerts -o beginning -X isolation.level=$isolation -f '%h\t%k\t%s\n' |
  awk -F '\t' -v most="${3:-0}" '
    { match($1, /ce_id=[^,]*/); id = substr($1, RSTART + 6, RLENGTH - 6) }
    !seen[id]++ { print id, $2, $3; fflush(); if (most && ++shown >= most) exit }'
