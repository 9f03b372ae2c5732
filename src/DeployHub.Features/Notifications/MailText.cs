using System.Text.Json;
using DeployHub.Features.Data;

namespace DeployHub.Features.Notifications;

/// <summary>What a mail says; how that becomes a mail, the worker knows.</summary>
/// <param name="Subject">What it is about, and what happened.</param>
/// <param name="Lines">Paragraphs of plain text.</param>
/// <param name="Path">The page that shows it; null where nothing does.</param>
/// <param name="Thread">What it belongs together with, such as the number of a deployment; null for a mail of its own.</param>
public sealed record MailText(string Subject, IReadOnlyList<string> Lines, string? Path, string? Thread)
{
    /// <summary>As each of several things is told in one mail.</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static MailText Of(string json) => JsonSerializer.Deserialize<MailText>(json, Json.Options)!;

    public sealed record Item(string Subject, string Sentence, string Path);
}
