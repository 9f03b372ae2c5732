using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;

namespace DeployHub.Features.Models;

/// <summary>Who may agree to the publication of a tested version: whoever holds the right and did not write it last (SOD-5).</summary>
internal static class SecondPeople
{
    /// <summary>So many are named; of more it is said how many there are.</summary>
    public const int MostNamed = 5;

    public static IEnumerable<Accounts.Account> WhoMayApprove(this Accounts people, ModelVersion version) => people.All
        .Where(account => account.May(Permission.ApproveModels)
            && version.RefusalToApprove(account.Grants.Any(grant => grant.Role is Role.DeploymentManager), new Actor(account.Key, account.Name)) is null)
        .OrderBy(account => account.Name, StringComparer.Ordinal);

    /// <summary>Their names, by the alphabet.</summary>
    public static async Task<IReadOnlyList<string>> NamesOfSecondPeopleAsync(this DeployHubDb db, ModelVersion version, CancellationToken cancellationToken) =>
        [.. (await db.AccountsAsync(cancellationToken)).WhoMayApprove(version).Select(account => account.Name)];

    /// <summary>Such as “Ana, Ben and 3 more”.</summary>
    public static string InWords(IReadOnlyList<string> names) =>
        Words.List([.. names.Take(MostNamed), .. names.Count > MostNamed ? new[] { $"{names.Count - MostNamed} more" } : []]);
}
