using System.Text.Json;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
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

    /// <summary>For somebody without an account: what is written at the link that is made for them when it is sent. Null for accounts, and where nothing is left to see.</summary>
    public string? LinkText { get; init; }

    /// <summary>Why somebody without an account gets it; null for accounts.</summary>
    public string? Why { get; init; }

    /// <summary>A calendar file that goes with it; null for none.</summary>
    public CalendarFile? Calendar { get; init; }

    /// <summary>What a letter is about, so that it is written anew from how things are when it is sent; null for every other mail.</summary>
    public About? Letter { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static MailText Of(string json) => JsonSerializer.Deserialize<MailText>(json, Json.Options)!;

    /// <param name="Method">What is to be done with it, as RFC 5546 calls it.</param>
    public sealed record CalendarFile(string Name, string Method, string Text);

    /// <param name="Alignment">Number of the request within the deployment.</param>
    /// <param name="Slot">When it was to happen as the letter was written first; null for on demand.</param>
    public sealed record About(LetterKind Kind, int Alignment, Slot? Slot);

    public sealed record Item(string Subject, string Sentence, string Path);
}
