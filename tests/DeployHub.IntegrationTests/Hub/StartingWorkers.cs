namespace DeployHub.IntegrationTests.Hub;

/// <summary>Real worker processes on the hub's database.</summary>
internal static class StartingWorkers
{
    /// <summary>A worker that waits for work: how long a busy machine takes to start it is no matter of the tests.</summary>
    public static async Task<DeployHubProcess> StartWorkerAsync(this TestHub hub, string name, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings__DeployHub"] = hub.ConnectionString,
            ["DeployHub__Worker__Name"] = name,
            ["DeployHub__Worker__Lease"] = "00:00:08",
            ["DeployHub__Worker__RenewEvery"] = "00:00:01",
            ["DeployHub__Worker__SweepEvery"] = "00:00:02",
        };
        foreach (var (setting, value) in settings) all[setting] = value;

        var worker = DeployHubProcess.Start(all, "--roles", "worker");
        await worker.ReadyAsync();
        return worker;
    }
}
