using System.CommandLine;
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
        HelpName = "tag", Description = "The tag that pull told: refused when somebody wrote since. Without it, what is there now is replaced.",
    };

    private const string Does = "Writes a document, to the byte, as the open draft of its model; makes the draft, or the model, where there is none.";

    public static Command Command() => Session.Does(new Command("push", Does) { File, Model, Note, Seen }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var document = await Document.ReadAsync(parsed.GetRequiredValue(File), session.Interrupted);
        var check = await session.Hub.CheckAsync(document);
        if (document.Fault is { } fault) throw Refusal.At(fault.In(document.Name));

        var slug = check.SlugOf(document, parsed.GetValue(Model));
        var draft = await DraftAsync(session, slug, check.Names, parsed.GetValue(Note), $"As {System.IO.Path.GetFileName(document.Name)} says, which was pushed.");
        var seen = parsed.GetValue(Seen) is { Length: > 0 } told ? $"\"{told.Trim('"')}\"" : (await session.Hub.ReadAsync(draft.Path)).Tag!;
        var written = (await session.Hub.WriteAsync(draft.Path, document.Bytes, seen)).As<Written>();

        session.Screen.Show(written, [$"{draft} is written{(written.IsComplete ? "" : ", with errors")}.", .. written.Remarks.Select(remark => remark.In(document.Name))]);
        session.Screen.Note($"See {session.Hub.Server}{draft.Path}");
        return written.IsComplete ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>The version that may be written, made if need be.</summary>
    private static async Task<VersionName> DraftAsync(Session session, string slug, Names names, string? note, string usualNote)
    {
        var found = await session.Hub.FindAsync($"models/{slug}");
        if (found?.As<Shown>().Open is { } open)
        {
            if (note is not null) session.Screen.Note($"v{open} is open already and says why it is made; --note was not needed.");
            return new VersionName(slug, open);
        }

        var intent = new { need = note ?? usualNote };
        var made = found is null
            ? await session.Hub.DoAsync("models", new { slug, name = names.Name.Length > 0 ? names.Name : slug, purpose = names.Purpose, intent })
            : await session.Hub.DoAsync($"models/{slug}/versions", new { intent });
        return new VersionName(slug, made.As<Drafted>().Number);
    }

    private sealed record Shown(int? Open);

    private sealed record Drafted(int Number);

    private sealed record Written(string Slug, int Number, string Digest, bool IsComplete, IReadOnlyList<Remark> Remarks);
}
