using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>What the server says of a document without keeping it.</summary>
/// <param name="Names">What the document calls its model; empty where it does not say.</param>
internal sealed record Checked(bool MayBePublished, string? Digest, IReadOnlyList<Remark> Remarks, Names Names)
{
    public static readonly Names Unnamed = new("", "", "");
}

internal sealed record Names(string Model, string Name, string Purpose);

internal static class Checking
{
    public static async Task<Checked> CheckAsync(this Hub hub, Document document) =>
        document.Fault is { } fault ? new Checked(false, null, [fault], Checked.Unnamed) : (await hub.AskAsync("models/validate", document.Bytes)).As<Checked>();

    /// <summary>The slug of the model that a document is about.</summary>
    /// <param name="told">What the command line says; null for what the document says.</param>
    public static string SlugOf(this Checked check, Document document, string? told) => (told, check.Names.Model) switch
    {
        ({ Length: > 0 } slug, _) => VersionName.Model(slug).Slug,
        (_, { Length: > 0 } slug) when VersionName.Parse(slug) is { Number: null } => slug,
        _ => throw Refusal.Misused($"{document.Name} does not say which model it is. Write “model: its-slug” in it, or name it with --model."),
    };
}
