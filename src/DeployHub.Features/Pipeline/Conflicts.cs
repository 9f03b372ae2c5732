using DeployHub.Domain;
using DeployHub.Features.Data;

namespace DeployHub.Features.Pipeline;

/// <summary>Two people editing at once: the later one is told, and nothing is lost.</summary>
public static class Conflicts
{
    /// <summary>The API answers 412 instead of 409 when the caller had sent <c>If-Match</c>.</summary>
    public static readonly Error ChangedMeanwhile =
        new(ErrorKind.Conflict, "changed-meanwhile", "Someone else changed this a moment ago. Look again, then decide; nothing of yours was saved.");

    /// <param name="seen">The row version that the sender had looked at; null asks for no comparison.</param>
    internal static Error? ChangedSince<T>(this DeployHubDb db, T aggregate, uint? seen) where T : class =>
        seen is { } version && db.Entry(aggregate).Property<uint>("Version").CurrentValue != version ? ChangedMeanwhile : null;
}
