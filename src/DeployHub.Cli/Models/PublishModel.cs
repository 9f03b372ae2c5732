using System.CommandLine;

namespace DeployHub.Cli.Models;

/// <summary>Brings a version into use that was tested and that a second person approved. Asks nothing: what is missing is a refusal.</summary>
internal static class PublishModel
{
    private static readonly Dictionary<string, string> Decisions = new()
    {
        ["keep"] = "Keep",
        ["recommend"] = "RecommendUpgrade",
        ["must"] = "MustUpgrade",
    };

    private static readonly Argument<string> Version = new("version") { HelpName = "slug@n", Description = "The version; it has to be tested and approved." };
    private static readonly Option<string> Change = new("--change") { Required = true, HelpName = "reference", Description = "The change that introduces it, such as CHG-311." };
    private static readonly Option<string> Note = new("--note") { Required = true, HelpName = "text", Description = "What changes, and for whom." };
    private static readonly Option<string?> Decision = Chosen();

    public static Command Command() =>
        Session.Does(new Command("publish", "Publishes a version: plans are made with it from now on.") { Version, Change, Note, Decision }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var version = VersionName.Version(parsed.GetRequiredValue(Version));
        var decision = parsed.GetValue(Decision);
        var plans = decision is null ? [] : (await session.Hub.ReadAsync(version.Path)).As<Shown>().OpenPlans;
        var migrations = plans.Select(plan => new { plan.Deployment, Decision = Decisions[decision!] }).ToList();

        await session.Hub.DoAsync($"{version.Path}/publish", new { changeReference = parsed.GetValue(Change), releaseNote = parsed.GetValue(Note), migrations });
        session.Screen.Show(
            new { version.Slug, version.Number, migrations },
            [$"{version} is published.", .. migrations.Select(migration => $"  {migration.Deployment}: {InWords.Of(migration.Decision).ToLowerInvariant()}")]);
        return ExitCode.Done;
    }

    private static Option<string?> Chosen()
    {
        var option = new Option<string?>("--decisions")
        {
            Description = "What becomes of open plans with an earlier version: they keep it, are recommended to take this one over, or must before a run starts.",
        };
        option.AcceptOnlyFromAmong([.. Decisions.Keys]);
        return option;
    }

    private sealed record Shown(IReadOnlyList<OpenPlan> OpenPlans);

    private sealed record OpenPlan(string Deployment);
}
