using System.CommandLine;
using System.Globalization;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>The bytes of a file become the open draft of its model, errors and all: nothing that somebody wrote is lost.</summary>
internal static class PushModel
{
    private static readonly Argument<string> File = new("file") { Description = "The model document; - is standard input." };
    private static readonly Option<string?> Model = new("--model") { HelpName = "slug", Description = "Which model it is, where the document itself does not say." };
    private static readonly Option<string?> Note = new("--note") { HelpName = "text", Description = "What must become possible or better; kept with a draft that this makes." };

    private static readonly Option<string?> Seen = new("--seen")
    {
        HelpName = "tag",
        Description = "The tag that pull or push told: refused when somebody wrote since. Without it, what is there now is replaced.",
    };

    private const string Does = "Writes a document, to the byte, as the open draft of its model; makes the draft, or the model, where there is none.";

    public static Command Command() => Session.Does(new Command("push", Does) { File, Model, Note, Seen }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var seen = parsed.GetValue(Seen) is { } told ? TagOf(told) : null;
        var document = await Document.ReadAsync(parsed.GetRequiredValue(File), session.Interrupted);
        return await PushAsync(session, document, new Wanted(parsed.GetValue(Model), parsed.GetValue(Note), seen));
    }

    internal static async Task<int> PushAsync(Session session, Document document, Wanted wanted)
    {
        var check = await session.Hub.CheckAsync(document);
        if (document.Fault is { } fault) throw Refusal.At(fault.In(document.Name));

        var slug = check.SlugOf(document, wanted.Model);
        var shown = (await session.Hub.FindAsync($"models/{slug}"))?.As<Shown>();
        if (shown is not null && await SayingSoAsync(session, slug, shown, document) is { } same)
        {
            session.Screen.Show(new { same.Slug, same.Number, IsUnchanged = true }, [$"{same} says the same, to the byte; nothing is written."]);
            return ExitCode.Done;
        }

        if (wanted.Seen is { } seen && shown?.Open is null) await ExpectAsync(session, slug, shown, seen);
        var draft = await DraftAsync(session, slug, shown, check.Names, wanted.Note, $"As {System.IO.Path.GetFileName(document.Name)} says, which was pushed.");
        var tag = shown?.Open is null || wanted.Seen is null ? (await session.Hub.DocumentAsync(draft.Path)).Tag! : wanted.Seen;
        return await WriteAsync(session, document, draft, tag);
    }

    /// <summary>The tag as the server tells it.</summary>
    internal static string TagOf(string told) => told.Trim('"') is var tag && uint.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        ? $"\"{tag}\""
        : throw Refusal.Misused($"“{told}” is no tag: write the number that pull or push told, such as --seen 4711.");

    private static async Task<int> WriteAsync(Session session, Document document, VersionName draft, string seen)
    {
        var written = (await session.Hub.WriteAsync(draft.Path, document.Bytes, seen)).As<Written>();
        var now = await session.Hub.DocumentAsync(draft.Path);
        var tag = now.Body.AsSpan().SequenceEqual(document.Bytes) ? now.Tag?.Trim('"') : null; // else somebody wrote since, and the tag is theirs

        session.Screen.Show(
            written with { Tag = tag },
            [$"{draft} is written{(written.IsComplete ? "" : ", with errors")}.", .. written.Remarks.Select(remark => remark.In(document.Name))]);
        session.Screen.Note($"{draft}{(tag is null ? "" : $", tag {tag}")}, is at {session.Hub.Server}{draft.Path}");
        return written.IsComplete ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>The version in use or in test that says the same already; null where there is something to write, and where a draft is open for it.</summary>
    private static async Task<VersionName?> SayingSoAsync(Session session, string slug, Shown shown, Document document)
    {
        if (shown.Versions.Any(edition => edition.Status is "Draft")) return null;

        foreach (var edition in shown.Versions.Where(edition => edition.Status is "Published" or "InTest" or "Tested"))
        {
            var version = new VersionName(slug, edition.Number);
            if ((await session.Hub.DocumentAsync(version.Path)).Body.AsSpan().SequenceEqual(document.Bytes)) return version;
        }

        return null;
    }

    /// <summary>Where no draft is open, what was seen is the version that pull brings.</summary>
    private static async Task ExpectAsync(Session session, string slug, Shown? shown, string seen)
    {
        if (shown is null) throw Refusal.Stale($"There is no model “{slug}”, so nobody has seen it. Push it without --seen.");

        var version = new VersionName(slug, shown.Version);
        if ((await session.Hub.DocumentAsync(version.Path)).Tag is var tag && tag != seen)
            throw Refusal.Stale(
                $"{version} has the tag {tag?.Trim('"')} now, not {seen.Trim('"')}: something changed since it was pulled. Pull it again, and look at what it says.");
    }

    /// <summary>The version that may be written, made if need be.</summary>
    private static async Task<VersionName> DraftAsync(Session session, string slug, Shown? shown, Names names, string? note, string usualNote)
    {
        if (shown?.Open is { } open)
        {
            if (note is not null) session.Screen.Note($"v{open} is open already and says why it is made; --note was not needed.");
            return new VersionName(slug, open);
        }

        var intent = new { need = note ?? usualNote };
        var made = shown is null
            ? await session.Hub.DoAsync("models", new { slug, name = names.Name.Length > 0 ? names.Name : slug, purpose = names.Purpose, intent })
            : await session.Hub.DoAsync($"models/{slug}/versions", new { intent });
        return new VersionName(slug, made.As<Drafted>().Number);
    }

    /// <param name="Seen">The tag of what was looked at before; null to replace whatever is there.</param>
    internal sealed record Wanted(string? Model, string? Note, string? Seen);

    /// <param name="Version">Number of the version that plans may use.</param>
    /// <param name="Open">Number of the version that is neither published nor discarded; null when none is.</param>
    private sealed record Shown(int Version, int? Open, IReadOnlyList<Edition> Versions);

    private sealed record Edition(int Number, string Status);

    private sealed record Drafted(int Number);

    private sealed record Written(string Slug, int Number, string Digest, bool IsComplete, IReadOnlyList<Remark> Remarks, string? Tag = null);
}
