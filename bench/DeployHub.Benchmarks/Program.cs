using DeployHub.Benchmarks;

// dotnet run -c Release --project bench/DeployHub.Benchmarks -- handover throughput start pages fleet livelog artefact verify simulate validate calendar gates
if (args is ["worker", var connectionString, var lasts]) await WorkerProcess.WorkAsync(connectionString, TimeSpan.Parse(lasts, System.Globalization.CultureInfo.InvariantCulture));

if (args is ["say"])
{
    await LiveLog.SayAsync();
    return 0;
}

var all = new Dictionary<string, Func<Task>>
{
    ["handover"] = HandOver.RunAsync,
    ["throughput"] = Throughput.RunAsync,
    ["start"] = StartOnIdleWorker.RunAsync,
    ["pages"] = Pages.RunAsync,
    ["fleet"] = FleetRollout.RunAsync,
    ["livelog"] = LiveLog.RunAsync,
    ["fuzz"] = Fuzzing.RunAsync,
    ["artefact"] = FetchArtefact.RunAsync,
    ["verify"] = VerifyFleet.RunAsync,
    ["simulate"] = Simulate.RunAsync,
    ["validate"] = Validate.RunAsync,
    ["calendar"] = YearCalendar.RunAsync,
    ["gates"] = StartWithGates.RunAsync,
};
string[] names = args.Length > 0 ? args : [.. all.Keys.Where(name => name is not "fuzz")]; // which looks for mistakes and measures nothing
if (names.FirstOrDefault(name => !all.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark “{unknown}”: {string.Join(", ", all.Keys)}.");
    return 64;
}

foreach (var name in names) await all[name]();
return 0;
