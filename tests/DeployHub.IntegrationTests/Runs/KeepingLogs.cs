using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Logs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Log lines lie in monthly partitions, which somebody has to make before the month begins.</summary>
public sealed class KeepingLogs(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Several_workers_make_the_coming_months_once_however_late_it_is()
    {
        hub.Clock.Advance(TimeSpan.FromDays(5 * 365));
        var workers = Enumerable.Range(0, 5).Select(_ => new LogPartitions(hub.Services.GetRequiredService<NpgsqlDataSource>(), hub.Clock, NullLogger<LogPartitions>.Instance)).ToList();
        (await PartitionsAsync()).ShouldNotContain(NameOf(months: 0), "the migration made no more than two years");

        await Task.WhenAll(workers.Select(worker => worker.MakeAsync(TestContext.Current.CancellationToken)));
        var made = await PartitionsAsync();
        Enumerable.Range(0, 13).Select(NameOf).ShouldBeSubsetOf(made);
        made.ShouldNotContain(NameOf(months: 13));

        await workers[0].MakeAsync(TestContext.Current.CancellationToken);
        (await PartitionsAsync()).ShouldBe(made);
    }

    private string NameOf(int months) => $"log_lines_{hub.Clock.GetUtcNow().AddDays(1 - hub.Clock.GetUtcNow().Day).AddMonths(months):yyyyMM}";

    private Task<List<string>> PartitionsAsync() =>
        hub.Database(db => db.Database.SqlQuery<string>($"select inhrelid::regclass::text as \"Value\" from pg_inherits where inhparent = 'log_lines'::regclass order by 1").ToListAsync());
}
