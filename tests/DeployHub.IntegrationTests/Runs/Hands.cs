using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Carries runs out as a worker does, without touching the world: what a step comes to is the test's own word.</summary>
internal static class Hands
{
    /// <summary>Works until nothing is left to do or the run has halted.</summary>
    /// <param name="does">What a step on a target run comes to.</param>
    /// <param name="each">How long every step takes.</param>
    public static async Task WorkOnAsync(this TestHub hub, string name, Func<TargetRun, StepRun, StepOutcome>? does = null, TimeSpan? each = null)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var run = (await db.LockRunAsync(await db.Runs.Where(known => known.Name == name).Select(known => known.Id).SingleAsync(), CancellationToken.None))!;

        var lease = TimeSpan.FromHours(1);
        var at = hub.Clock.GetUtcNow();
        while (true)
        {
            for (var need = run.Advance(NCalcConditions.Instance, at); need is not Need.Nothing; need = run.Advance(NCalcConditions.Instance, at))
            {
                if (need is not Need.Locks) await db.CheckGatesAsync([run], at, CancellationToken.None);
                else if ((await db.ObtainLocksAsync([run], at, CancellationToken.None)).Count == 0) break; // another run holds one
            }
            if (run.Claim("hands", int.MaxValue, lease, at) is not { Count: > 0 } claimed) break;

            at = claimed.Max(targetRun => Work(run, targetRun, does ?? ((_, _) => StepOutcome.Succeeded.Plain), each ?? TimeSpan.FromSeconds(1), lease, at));
        }

        await db.SettleAsync([run], at, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        if (at - hub.Clock.GetUtcNow() is { Ticks: > 0 } ahead) hub.Clock.Advance(ahead);
    }

    /// <summary>Lines in the log of one target run, one a millisecond.</summary>
    public static Task WriteAsync(this TestHub hub, string run, Stage stage, string subject, int step, IEnumerable<string> lines, bool error = false) => hub.Database(async db =>
    {
        var (all, at, stream) = (lines.ToArray(), hub.Clock.GetUtcNow(), error ? 1 : 0);
        return await db.Database.ExecuteSqlAsync(
            $"""
            insert into log_lines (run_id, target_run_id, step, attempt, at, stream, text)
            select target.run_id, target.id, {step}, 1, {at} + written.number * interval '1 ms', {stream}, written.text
            from target_runs target join runs run on run.id = target.run_id, unnest({all}) with ordinality written (text, number)
            where run.name = {run} and target.stage = {stage.ToString()} and target.subject = {subject}
            order by target.ordinal, written.number
            """);
    });

    private static DateTimeOffset Work(Run run, TargetRun targetRun, Func<TargetRun, StepRun, StepOutcome> does, TimeSpan each, TimeSpan lease, DateTimeOffset at)
    {
        for (var held = targetRun.StepsHeld.ToList(); held.Count > 0;)
        {
            var step = held[0];
            at += each;
            held = [.. held.Skip(1), .. run.Record(targetRun.Id, targetRun.Fence, step.Number, does(targetRun, step), lease, at).Done()];
        }

        return at;
    }
}
