using System.CommandLine;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

internal static class DiffModels
{
    private static readonly Argument<string> First = new("from") { Description = "A version such as rolling-web@3, or a document (- is standard input)." };
    private static readonly Argument<string> Second = new("to") { Description = "Another version, or a document; one of the two is a version, and a document comes after it." };
    private static readonly Option<bool> ExitCodeOption = new("--exit-code") { Description = "End with 1 when they differ." };

    public static Command Command() =>
        Session.Does(new Command("diff", "Tells in words what one edition of a model says otherwise than another.") { First, Second, ExitCodeOption }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var (first, second) = (parsed.GetRequiredValue(First), parsed.GetRequiredValue(Second));
        var (answer, from, to) = (VersionName.OrFile(first), VersionName.OrFile(second)) switch
        {
            ({ } was, { } now) => (await BetweenAsync(session, was, now), was.ToString(), now.ToString()),
            ({ } was, null) => await WithDocumentAsync(session, was, second),
            (null, { } was) => await WithDocumentAsync(session, was, first),
            _ => throw Refusal.Misused("One of the two has to be a version, such as rolling-web@3."),
        };
        var changes = answer.As<Differences>().Changes;
        session.Screen.Show(answer.Json(), [$"{from} → {to}", .. Lines(changes)]);
        return changes.Count > 0 && parsed.GetValue(ExitCodeOption) ? ExitCode.Refused : ExitCode.Done;
    }

    private static Task<Answer> BetweenAsync(Session session, VersionName was, VersionName now) =>
        session.Hub.ReadAsync($"models/{now.Slug}/compare?from={was.Number}&to={now.Number}&fromModel={was.Slug}");

    private static async Task<(Answer, string, string)> WithDocumentAsync(Session session, VersionName version, string file)
    {
        var document = await Document.ReadAsync(file, session.Interrupted);
        return (await session.Hub.AskAsync($"models/{version.Slug}/compare?with={version.Number}", document.Bytes), version.ToString(), document.Name);
    }

    /// <summary>Part by part, in the order of the document.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<Change> changes) => changes.Count == 0
        ? ["Both say the same."]
        : changes.GroupBy(change => change.Place.Part).SelectMany(part => part.SelectMany(Told).Prepend(InWords.Of(part.Key)));

    private static IEnumerable<string> Told(Change change)
    {
        yield return $"  {Sign(change.Kind)} {change.Sentence}";
        if (change.Detail is { Length: > 0 } detail) yield return $"      {detail}";
    }

    private static char Sign(string kind) => kind switch
    {
        "Added" => '+',
        "Removed" => '-',
        "Moved" => '>',
        _ => '~',
    };

    internal sealed record Differences(IReadOnlyList<Change> Changes);

    internal sealed record Change(Place Place, string Kind, string Sentence, string? Detail);

    internal sealed record Place(string Part);
}
