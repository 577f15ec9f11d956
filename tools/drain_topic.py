#!/usr/bin/env python3
"""Times a node on a topic that was filled before: starts it with CONFIG, waits until RECORDS are committed, stops it.

Usage: tools/drain_topic.py CONFIG RECORDS [--server PID ...] [--wait SECONDS] [--json FILE]

Prints records a second from the first to the last commit and from the start, the node's CPU in all and a record, its
largest memory, and the CPU that each server (broker, store: by its process id) took meanwhile. Two runs of topics of two
sizes, subtracted, leave start-up out. Needs Linux, a built tree, `management.address` in CONFIG on this machine, a lake in
which nothing of the topic is committed, and nothing but Python.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
POLL_SECONDS = 0.25
PROJECT = Path(__file__).resolve().parent.parent


def cpu_seconds(pid):
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_mib(pid):
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def management(config):
    found = re.search(r'^\s*management\.address\s*=\s*"?([^"\s]+)', Path(config).read_text(), re.M)
    if not found:
        sys.exit(f"{config} has no management.address; add one on this machine, such as 127.0.0.1:7626")
    return found.group(1)


def committed(address):
    """Records that are visible, by the node's own figures; 0 until it answers."""
    try:
        with urllib.request.urlopen(f"http://{address}/metrics", timeout=5) as answer:
            text = answer.read().decode()
    except OSError:
        return 0
    found = re.search(r"^riskcluster_committed_records_total(?:{[^}]*})? (\S+)", text, re.M)
    return int(float(found.group(1))) if found else 0


def drain(config, records, servers, wait):
    before = {pid: cpu_seconds(pid) for pid in servers}
    load = os.getloadavg()[0]
    address = management(config)
    begin = time.monotonic()
    node = subprocess.Popen([str(PROJECT / "riskcluster"), "node", "--config", config], stdout=subprocess.DEVNULL)
    first = None
    try:
        while True:
            done = committed(address)
            now = time.monotonic()
            if done and first is None:
                first = (now, done)
            if done >= records:
                break
            if node.poll() is not None:
                sys.exit(f"the node ended with status {node.returncode} after {done} of {records} records")
            if now - begin > wait:
                sys.exit(f"{done} of {records} records are committed after {wait} s")
            time.sleep(POLL_SECONDS)
        figures = {
            "records": done,
            "seconds_from_start": now - begin,
            "records_per_second_from_start": done / (now - begin),
            "cpu_seconds": cpu_seconds(node.pid),
            "cpu_us_per_record": cpu_seconds(node.pid) / done * 1e6,
            "peak_memory_mib": peak_mib(node.pid),
            "load_before": load,
        }
        if done > first[1]:
            figures["records_per_second_between_commits"] = (done - first[1]) / (now - first[0])
        for pid, was in before.items():
            figures[f"cpu_seconds_of_{Path(f'/proc/{pid}/comm').read_text().strip()}_{pid}"] = cpu_seconds(pid) - was
        return figures
    finally:
        node.send_signal(signal.SIGTERM)
        node.wait()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("config")
    parser.add_argument("records", type=int)
    parser.add_argument("--server", type=int, action="append", default=[], metavar="PID")
    parser.add_argument("--wait", type=float, default=600, metavar="SECONDS")
    parser.add_argument("--json", metavar="FILE")
    told = parser.parse_args()
    figures = drain(told.config, told.records, told.server, told.wait)
    for name, value in figures.items():
        print(f"{name:45} {value:,.2f}" if isinstance(value, float) else f"{name:45} {value:,}")
    if told.json:
        Path(told.json).write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
