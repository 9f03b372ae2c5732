using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Models.Analysis;

/// <summary>Short ways to say what records say.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly AnalysisWindow Window = AnalysisWindow.Of(null, Now);

    /// <summary>Version 7, in use, with a rollback of yesterday: on its own it shows no signal.</summary>
    public static VersionFacts Facts(params IEnumerable<DeploymentFact> deployments) => new()
    {
        Version = 7,
        Window = Window,
        Deployments = [.. deployments],
        IsInUse = true,
        PublishedAt = Now.AddDays(-30),
        LastPlannedAt = Now.AddDays(-1),
        LeadsBack = true,
        LastRollbackAt = Now.AddDays(-1),
    };

    /// <summary>So many deployments, one an hour, the last of them an hour ago.</summary>
    public static IEnumerable<DeploymentFact> Planned(int number, Func<int, DeploymentFact, DeploymentFact>? but = null) =>
        Enumerable.Range(1, number).Select(place =>
        {
            var deployment = new DeploymentFact($"DEP-2026-{place:000000}", Now.AddHours(place - number - 1)) { SubmittedAt = Now.AddHours(place - number - 1), IsLive = true };
            return but is null ? deployment : but(place, deployment);
        });

    /// <summary>The same deployment with one run.</summary>
    public static DeploymentFact Ran(this DeploymentFact deployment, params IEnumerable<HaltFact> halts) =>
        deployment with { Runs = [new RunFact(deployment.Number, deployment.CreatedAt) { Halts = [.. halts], Status = RunStatus.Succeeded, Took = TimeSpan.FromMinutes(10) }] };

    public static HaltFact Halt(string? step = "Smoke test", HaltCause cause = HaltCause.StepTimedOut, Stage stage = Stage.Execute) => new(stage, step, cause) { Choice = ResolutionChoice.Retry };

    public static DeploymentFact Decided(this DeploymentFact deployment, ApproverQuality quality, TimeSpan? waited, bool isRefused = false) =>
        deployment with { Approvals = [new ApprovalFact(quality, isRefused, waited)] };

    public static DeploymentFact Ended(this DeploymentFact deployment, Outcome outcome) => deployment with { Outcome = outcome, CompletedAt = deployment.CreatedAt.AddMinutes(30) };

    public static Signal Single(this SignalAnswer answer)
    {
        answer.NoData.ShouldBeNull();
        return answer.Found.ShouldHaveSingleItem();
    }

    public static void Quiet(this SignalAnswer answer) => answer.IsQuiet.ShouldBeTrue($"{answer.NoData}{string.Concat(answer.Found.Select(signal => signal.Sentence))}");

    public static string Unknown(this SignalAnswer answer)
    {
        answer.Found.ShouldBeEmpty();
        return answer.NoData.ShouldNotBeNull();
    }
}
