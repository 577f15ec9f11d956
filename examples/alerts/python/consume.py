"""Reads alerts: python consume.py BOOTSTRAP [exact|fast] [COUNT]. pip install confluent-kafka"""

import json
import sys
from collections import OrderedDict

from confluent_kafka import Consumer

bootstrap, *rest = sys.argv[1:]
reading = rest[0] if rest else "exact"
count = int(rest[1]) if len(rest) > 1 else sys.maxsize

consumer = Consumer(
    {
        "bootstrap.servers": bootstrap,
        "group.id": f"example-python-{reading}",
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed" if reading == "exact" else "read_uncommitted",
    }
)
consumer.subscribe(["alerts"])
seen = OrderedDict()  # fast reading: ids of the last alerts, for one may come again after a crash

while count > 0:
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        raise SystemExit(message.error())
    event = {name: value.decode() for name, value in message.headers()}
    if reading == "fast" and event["ce_id"] in seen:
        continue
    seen[event["ce_id"]] = True
    if len(seen) > 100_000:
        seen.popitem(last=False)
    alert = json.loads(message.value())
    print(event["ce_id"], alert["band"], alert["user_id"], alert["points"], flush=True)
    count -= 1
consumer.close()
