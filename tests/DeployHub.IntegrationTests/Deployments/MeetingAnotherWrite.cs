using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Vulnerabilities;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>Somebody else writes between what a command read and what it stores: it is tried again on what is there by then.</summary>
public sealed class MeetingAnotherWrite(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_submit_that_meets_a_write_nobody_saw_is_done_once()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();

        (await WhileItIsWrittenAsync(number, () => hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number)))).Done();

        var shown = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();
        shown.Status.ShouldNotBe(DeploymentStatus.Draft);
        shown.Events.Count(happened => happened.Kind == "Submit").ShouldBe(1);
        (await hub.Database(db => db.Happenings.CountAsync(happening => happening.Subject == number && happening.Type == EventTypes.DeploymentSubmitted))).ShouldBe(1);
    }

    [Fact]
    public async Task An_edit_of_what_somebody_had_looked_at_is_refused_and_nothing_of_it_is_kept()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        var seen = (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

        (await WhileItIsWrittenAsync(number, () => hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Mine", Seen: seen.Version)))).Refused("changed-meanwhile");
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().PlanDigest.ShouldBe(seen.PlanDigest);
        (await WhileItIsWrittenAsync(number, () => hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Mine")))).Done();
        (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Title.ShouldBe("Mine");
    }

    [Fact]
    public async Task It_is_given_up_after_three_tries_and_rings_only_for_the_one_that_was_kept()
    {
        var (rung, tries) = (0, 0);
        (await TryAsync(new SubmitDeployment("DEP-2026-000001"), db => Meets(db, isAlways: true))).Refused("changed-meanwhile");
        (tries, rung).ShouldBe((3, 0));

        tries = 0;
        (await TryAsync(new SubmitDeployment("DEP-2026-000001"), db => Meets(db, isAlways: false))).Done();
        (tries, rung).ShouldBe((2, 1));

        void Meets(DeployHubDb db, bool isAlways)
        {
            tries++;
            db.AfterCommit.Add(() => rung++);
            db.ChangeTracker.Entries().ShouldBeEmpty();
            db.Add(new Counter { Name = TestHub.Unique("met") });
            if (isAlways || tries == 1) throw new DbUpdateConcurrencyException();
        }
    }

    [Fact]
    public async Task What_brings_a_stream_is_tried_once()
    {
        var tries = 0;
        await using var stream = new MemoryStream();
        await hub.Database(async db =>
        {
            var behavior = new CommitBehavior<ImportVulnerabilities, Result<ImportVulnerabilities.Imported>>(db);
            (await behavior.Handle(new ImportVulnerabilities(stream), (_, _) => ++tries > 0 ? throw new DbUpdateConcurrencyException() : default, TestContext.Current.CancellationToken)).Refused("changed-meanwhile");
            return 0;
        });
        tries.ShouldBe(1);
    }

    private Task<Result> TryAsync(SubmitDeployment command, Action<DeployHubDb> handle) => hub.Database(async db => await new CommitBehavior<SubmitDeployment, Result>(db).Handle(
        command,
        (_, _) =>
        {
            handle(db);
            return ValueTask.FromResult(Result.Success);
        },
        TestContext.Current.CancellationToken));

    /// <summary>Writes to the deployment's row what nobody sees, and lets go only once the command waits for it with what it read before.</summary>
    private async Task<T> WhileItIsWrittenAsync<T>(string number, Func<Task<T>> command)
    {
        await using var connection = new NpgsqlConnection(hub.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("update deployments set title = title where number = $1", connection, transaction) { Parameters = { new() { Value = number } } }) await write.ExecuteNonQueryAsync();

        var waiting = command();
        await TestHub.Until(
            async () => await hub.Database(db => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from pg_locks where not granted and locktype = 'transactionid'").SingleAsync()) > 0, "the command waits");
        await transaction.CommitAsync();
        return await waiting;
    }
}
