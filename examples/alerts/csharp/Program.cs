// Reads alerts: dotnet run BOOTSTRAP [exact|fast]. Packages: Confluent.Kafka, CloudNative.CloudEvents.Kafka.
// Not run by this project's tests: its build has no .NET.
using CloudNative.CloudEvents.Kafka;
using CloudNative.CloudEvents.SystemTextJson;
using Confluent.Kafka;

var fast = args.Length > 1 && args[1] == "fast";
var config = new ConsumerConfig
{
    BootstrapServers = args[0],
    GroupId = "example-csharp",
    AutoOffsetReset = AutoOffsetReset.Earliest,
    IsolationLevel = fast ? IsolationLevel.ReadUncommitted : IsolationLevel.ReadCommitted,
};
using var consumer = new ConsumerBuilder<string?, byte[]>(config).Build();
consumer.Subscribe("alerts");
var formatter = new JsonEventFormatter();
var seen = new HashSet<string>(); // fast reading: an alert may come again after a crash, with the same id
var order = new Queue<string>();
while (true)
{
    var alert = consumer.Consume().Message.ToCloudEvent(formatter);
    if (fast && !seen.Add(alert.Id!)) continue;
    order.Enqueue(alert.Id!);
    if (order.Count > 100_000) seen.Remove(order.Dequeue());
    Console.WriteLine($"{alert.Id} {alert.Data}");
}
