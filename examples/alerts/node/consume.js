// Reads alerts: node consume.js BOOTSTRAP [exact|fast] [COUNT]. First: npm install.
import { Kafka } from "kafkajs";

const [bootstrap, reading = "exact", most = Infinity] = process.argv.slice(2);
let count = Number(most);
const kafka = new Kafka({ clientId: "example-node", brokers: bootstrap.split(",") });
const consumer = kafka.consumer({ groupId: `example-node-${reading}`, readUncommitted: reading === "fast" });
const seen = new Set(); // fast reading: ids of the last alerts, for one may come again after a crash

await consumer.connect();
await consumer.subscribe({ topic: "alerts", fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const id = message.headers.ce_id.toString();
    if (reading === "fast" && seen.has(id)) return;
    seen.add(id);
    if (seen.size > 100_000) seen.delete(seen.values().next().value);
    const alert = JSON.parse(message.value);
    console.log(id, alert.band, alert.user_id, alert.points);
    if (--count === 0) process.exit(0);
  },
});
