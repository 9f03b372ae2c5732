using DeployHub.Domain;
using DeployHub.Domain.Notifications;

namespace DeployHub.Features.Notifications;

/// <summary>Something that happened and cannot be passed on as it is: it is put off, and the others are not.</summary>
/// <param name="what">What it is, for whoever reads the log.</param>
public sealed class NotPassedOnException(long number, string what, Exception trouble) : Exception($"{what} could not be passed on: {trouble.GetBaseException().Message}", trouble)
{
    public long Number { get; } = number;

    /// <summary>What stands in its way, in at most so many characters as are kept.</summary>
    public string Trouble { get; } = Words.Beginning(trouble.GetBaseException().Message, Happening.LongestTrouble - 2);
}
