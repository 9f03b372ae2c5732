using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using Npgsql;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A planted secret is used by steps in every way they have, and must be found nowhere afterwards.</summary>
public sealed class KeepingSecrets(TestHub hub) : IClassFixture<TestHub>
{
    private const string Planted = "pl4nted&S3cret/value";

    [Fact]
    public async Task A_secret_reaches_its_step_and_nothing_that_anybody_can_read()
    {
        using var estate = await Estate.RegisterAsync(hub, """
            - name: Use it
              uses: script
              with:
                command: [sh, -c, 'echo "plain $IT"; echo "coded $(printf %s "$IT" | base64)" >&2; printf %s "$IT" > used; test -e fine || { echo "failed with $IT" >&2; exit 3; }']
                environment: { IT: "${secret:planted}" }
              timeout: 1m
            """, targets: 1);
        await using var worker = DeployHubProcess.Start(
            new Dictionary<string, string> { ["ConnectionStrings__DeployHub"] = hub.ConnectionString, ["DeployHub__Secrets__planted"] = Planted }, "--roles", "worker");
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "fine"), "");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "used"))).ShouldBe(Planted);
        foreach (var (place, text) in (await EverythingReadableAsync(run)).Append(("the console", worker.Output)))
            foreach (var form in (string[])[Planted, Convert.ToBase64String(Encoding.UTF8.GetBytes(Planted)), Uri.EscapeDataString(Planted)])
                text.ShouldNotContain(form, Case.Sensitive, place);
    }

    private async Task<List<(string Place, string Text)>> EverythingReadableAsync(string run)
    {
        var (number, address) = (run[..run.IndexOf('/', StringComparison.Ordinal)], run.Replace("/R", "/runs/", StringComparison.Ordinal));
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var readable = new List<(string Place, string Text)>();
        foreach (var page in (string[])[$"/deployments/{number}", $"/deployments/{address}", $"/records/{number}", $"/api/v1/deployments/{number}", $"/api/v1/deployments/{address}", $"/api/v1/deployments/{address}/events", $"/api/v1/deployments/{address}/log.txt", $"/api/v1/deployments/{address}/log"])
            readable.Add((page, await browser.Read(page)));
        readable[^1].Text.ShouldContain("plain \u2022\u2022\u2022"); // it was there, and hidden

        await using var connection = new NpgsqlConnection(hub.ConnectionString);
        await connection.OpenAsync();
        foreach (var table in (string[])["runs", "target_runs", "run_events", "log_lines", "deployments", "deployment_events", "stored_evidence", "hangfire.job", "hangfire.state"])
        {
            await using var all = new NpgsqlCommand($"select coalesce(string_agg(t::text, ' '), '') from {table} as t", connection);
            readable.Add((table, (string)(await all.ExecuteScalarAsync())!));
        }

        return readable;
    }
}
