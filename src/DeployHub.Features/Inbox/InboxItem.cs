using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Features.Inbox;

/// <summary>Something that waits for one person.</summary>
/// <param name="Subject">What it is about: a number, a key, a name.</param>
/// <param name="Title">What that is called.</param>
/// <param name="Sentence">What is asked.</param>
/// <param name="Due">By when; null where nothing says so.</param>
/// <param name="Href">The page on which it is done.</param>
/// <param name="Risk">Of the plan that is decided about; null for anything else, and for plans from before risks were computed.</param>
public sealed record InboxItem(InboxKind Kind, string Subject, string Title, string Sentence, DateTimeOffset? Due, string Href, Risk? Risk = null)
{
    /// <summary>Key of the environment; null where it belongs to none.</summary>
    public string? Environment { get; init; }

    /// <summary>Keys of the services whose components a deployment moves, its own first; empty for anything else.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>With it the plan is approved or rejected right here; null for what is done on a page of its own.</summary>
    public string? PlanDigest { get; init; }

    /// <summary>Others are named for it; the reader may take it over.</summary>
    public bool IsForOthers { get; init; }

    /// <summary>It was to be done before now.</summary>
    public bool IsOverdue { get; init; }
}
