using System.Text.Json;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>An improvement that names something as what it rests on.</summary>
public sealed record RestingImprovement(string Number, string Title, ImprovementStatus Status);

internal static class RestingImprovements
{
    private const int Most = 10;

    /// <param name="numbers">Of a deployment, a review; at most a few.</param>
    /// <returns>The newest ten that name one of them, the newest first.</returns>
    public static async Task<IReadOnlyList<RestingImprovement>> ImprovementsRestingOnAsync(this DeployHubDb db, IReadOnlyList<string> numbers, CancellationToken cancellationToken)
    {
        List<RestingImprovement> found = [];
        foreach (var number in numbers)
        {
            var named = JsonSerializer.Serialize(new[] { new { reference = number } });
            found.AddRange(await db.Improvements.FromSql($"select i.*, i.xmin from improvements i where i.evidence @> {named}::jsonb").OrderByDescending(improvement => improvement.Number).Take(Most)
                .Select(improvement => new RestingImprovement(improvement.Number, improvement.Title, improvement.Status)).ToListAsync(cancellationToken));
        }

        return [.. found.DistinctBy(improvement => improvement.Number).OrderByDescending(improvement => improvement.Number, StringComparer.Ordinal).Take(Most)];
    }
}
