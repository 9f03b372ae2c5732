using System.CommandLine;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

internal static class SimulateModel
{
    private static readonly Argument<string> Model = new("model") { HelpName = "slug@n|file", Description = "A version, or a document (- is standard input)." };
    private static readonly Option<string?> Slug = new("--model") { HelpName = "slug", Description = "Which model a document is, where it does not say." };
    private static readonly Option<string?> StepsOn = new("--steps-on") { HelpName = "target", Description = "Whose steps are told (default: those of the first target)." };
    private static readonly PlanOptions Plan = new();

    private const string Does = "Tells the run that a plan would become, to the last step. Nothing is started or saved. Ends with 1 when something would be in its way.";

    public static Command Command()
    {
        var command = new Command("simulate", Does) { Model, Slug, StepsOn };
        Plan.AddTo(command);
        return Session.Does(command, RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var (version, document) = await WhatAsync(parsed, session);
        var answer = await session.Hub.AskAsync($"models/{version.Slug}/simulations", new { plan = Plan.Of(parsed, version), document, subject = parsed.GetValue(StepsOn) });
        var simulated = answer.As<Simulated>();
        session.Screen.Show(answer.Json(), simulated.Lines(parsed.GetValue(StepsOn)));
        return simulated.Problems.Count > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private static async Task<(VersionName Version, string? Document)> WhatAsync(ParseResult parsed, Session session)
    {
        if (VersionName.OrFile(parsed.GetRequiredValue(Model)) is { } version) return (version, null);

        var document = await Document.ReadAsync(parsed.GetRequiredValue(Model), session.Interrupted);
        if (document.Fault is { } fault) throw Refusal.At(fault.In(document.Name));

        var check = await session.Hub.CheckAsync(document);
        return (new VersionName(check.SlugOf(document, parsed.GetValue(Slug)), null), document.Text);
    }
}
