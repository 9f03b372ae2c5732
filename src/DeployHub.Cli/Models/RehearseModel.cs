using System.CommandLine;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>Plans a rehearsal of a version in test, submits it and starts its run, as people do on the version's page.</summary>
internal static class RehearseModel
{
    private static readonly Dictionary<string, string> Cases = new()
    {
        ["normal"] = "Pass",
        ["forced-failure"] = "ForcedFailure",
        ["rollback"] = "Rollback",
        ["by-instructions"] = "ByInstructions",
    };

    private static readonly Argument<string> Version = new("version") { HelpName = "slug@n", Description = "The version; it has to be in test." };
    private static readonly Option<string> Case = OneOf("--case", "What is shown.", Cases.Keys);
    private static readonly Option<string?> FailAt = new("--fail-at") { HelpName = "step", Description = "The step of Execute that is made to fail (default: the last that can)." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Tell what happens, and end with 1 unless the rehearsal passes." };

    private static readonly Option<int> WaitAtMost = new("--wait-at-most")
    {
        HelpName = "minutes",
        Description = "How long --wait waits, people's decisions included.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly PlanOptions Plan = new();

    public static Command Command()
    {
        var command = new Command("rehearse", "Rehearses a version that is in test, where nobody is harmed by it.") { Version, Case, FailAt, Wait, WaitAtMost };
        Plan.AddTo(command);
        return Session.Does(command, RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var version = VersionName.Version(parsed.GetRequiredValue(Version));
        var rehearsed = parsed.GetRequiredValue(Case);
        var deployment = await PlanAsync(session, version, Plan.Of(parsed, version), new Rehearsed(Cases[rehearsed], parsed.GetValue(FailAt)));
        var run = await StartAsync(session, deployment);
        session.Screen.Note($"{run} runs: {session.Hub.Server}{Addresses.OfRun(run)}");
        if (!parsed.GetValue(Wait))
        {
            session.Screen.Show(new { deployment, run }, [run]);
            return ExitCode.Done;
        }

        var shown = await new Watch(session, run).ToTheEndAsync(TimeSpan.FromMinutes(parsed.GetValue(WaitAtMost)), haltIsTheEnd: rehearsed is "normal" or "by-instructions");
        var judgement = await JudgementAsync(session, version, shown);
        session.Screen.Show(
            new { deployment, run, shown.Status, judgement.Passed, judgement.Sentence },
            [$"{run}, {rehearsed}: {(judgement.Passed ? "passed" : "not passed")}. {judgement.Sentence}"]);
        return judgement.Passed ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<string> PlanAsync(Session session, VersionName version, Plan plan, Rehearsed rehearsal)
    {
        var rehearsing = new
        {
            plan.Model,
            plan.ModelVersion,
            plan.Environment,
            plan.Versions,
            plan.Targets,
            plan.Parameters,
            plan.Removal,
            rehearsal,
            Reason = "ModelRehearsal",
            DeployAgain = true, // what is there already would leave nothing to rehearse
        };
        try
        {
            return (await session.Hub.DoAsync("deployments", new { plan = rehearsing })).As<Made>().Key;
        }
        catch (Refusal refusal) when (refusal.Code == "rehearsal.not-in-test")
        {
            throw refusal.And($"A draft is frozen first: “Start testing” at {session.Hub.Server}{version.Path}");
        }
    }

    private static async Task<string> StartAsync(Session session, string deployment)
    {
        try
        {
            await session.Hub.DoAsync($"deployments/{deployment}/submission");
            return (await session.Hub.DoAsync($"deployments/{deployment}/runs")).As<Made>().Key;
        }
        catch (Refusal refusal)
        {
            throw refusal.And($"{deployment} stays planned; it goes on at {session.Hub.Server}deployments/{deployment}");
        }
    }

    /// <summary>What the version counts it for; one that did not come to its end shows nothing.</summary>
    private static async Task<Judgement> JudgementAsync(Session session, VersionName version, Watch.Run run)
    {
        var state = InWords.Of(run.Status).ToLowerInvariant();
        if (run.EndedAt is null) return new Judgement(run.Name, false, run.HaltSentence ?? run.WaitingSentence ?? $"It is {state} still.");

        var rehearsals = (await session.Hub.ReadAsync(version.Path)).As<Shown>().Tested?.Rehearsals ?? [];
        return rehearsals.LastOrDefault(rehearsal => rehearsal.Run == run.Name)
            ?? new Judgement(run.Name, false, $"It is {state}, and {version} does not count it: it is not in test any more.");
    }

    private static Option<string> OneOf(string name, string description, IEnumerable<string> values)
    {
        var option = new Option<string>(name) { Required = true, Description = description };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }

    private sealed record Rehearsed(string Case, string? FailAt);

    private sealed record Made(string Key);

    private sealed record Shown(Testing? Tested);

    private sealed record Testing(IReadOnlyList<Judgement> Rehearsals);

    private sealed record Judgement(string? Run, bool Passed, string Sentence);
}
