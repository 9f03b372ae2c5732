using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Data;

/// <summary>
/// Public numbers without gaps: from a counter row inside the creating transaction, because a database sequence leaves gaps and
/// auditors ask about gaps (domain Appendix A).
/// </summary>
internal static class Numbers
{
    public static async Task<string> NextNumberAsync(this DeployHubDb db, string prefix, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var counter = $"{prefix}-{at:yyyy}";
        var numbers = await db.Database
            .SqlQuery<int>($"insert into counters (name, value) values ({counter}, 1) on conflict (name) do update set value = counters.value + 1 returning value")
            .ToListAsync(cancellationToken);
        return $"{counter}-{numbers[0]:000000}";
    }
}

/// <summary>The last number issued under a name.</summary>
internal sealed class Counter
{
    public string Name { get; init; } = "";

    public int Value { get; init; }
}
