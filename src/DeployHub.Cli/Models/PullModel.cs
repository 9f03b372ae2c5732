using System.CommandLine;
using System.Text;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

internal static class PullModel
{
    private static readonly Argument<string> Name = new("model")
    {
        HelpName = "slug[@n]",
        Description = "A model, or one version of it. Without a number: its open draft, else the version that plans may use.",
    };

    private static readonly Option<string?> File = new("--to", "-o") { HelpName = "file", Description = "Where the document goes (default: standard output)." };

    public static Command Command() => Session.Does(new Command("pull", "Brings the document of a version, to the byte as it was written.") { Name, File }, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Session session)
    {
        var file = parsed.GetValue(File);
        if (file is not null && string.IsNullOrWhiteSpace(file)) throw Refusal.Misused("--to names no file. Without it, the document goes to standard output.");

        var version = await VersionAsync(session, VersionName.Model(parsed.GetRequiredValue(Name)));
        var document = await session.Hub.DocumentAsync(version.Path);
        var tag = document.Tag?.Trim('"');

        if (file is not null) await WriteAsync(file, document.Body, session.Interrupted);
        else if (!session.Screen.AsJson) await PrintAsync(document.Body, session.Interrupted);

        var text = file is null ? Encoding.UTF8.GetString(document.Body) : null;
        if (session.Screen.AsJson) session.Screen.ShowWhole(new { version.Slug, version.Number, Tag = tag, Bytes = document.Body.Length, File = file, Document = text });
        else session.Screen.Note($"{version}, tag {tag}{(file is null ? "" : $", is in {file}")}");
        return ExitCode.Done;
    }

    private static async Task<VersionName> VersionAsync(Session session, VersionName name)
    {
        if (name.Number is not null) return name;

        var model = (await session.Hub.ReadAsync(name.Path)).As<Shown>();
        return name with { Number = model.Open ?? model.Version };
    }

    private static async Task WriteAsync(string file, byte[] document, CancellationToken interrupted)
    {
        try
        {
            await System.IO.File.WriteAllBytesAsync(file, document, interrupted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Misused($"{file} cannot be written: {exception.Message}");
        }
    }

    private static async Task PrintAsync(byte[] document, CancellationToken interrupted)
    {
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(document, interrupted);
    }

    /// <param name="Version">Number of the version that plans may use.</param>
    /// <param name="Open">Number of the draft; null when none is open.</param>
    private sealed record Shown(int Version, int? Open);
}
