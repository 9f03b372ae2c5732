namespace DeployHub.Domain.Models.InWords;

/// <summary>Which people a model wants, in sentences.</summary>
public static class RolesInWords
{
    /// <summary>Such as “A deployment practitioner who holds “rack-hardware”, and nobody of witness.”</summary>
    public static string Of(RoleSlot slot) => string.Concat(
        char.ToUpperInvariant(Wanted(slot)[0]), Wanted(slot)[1..],
        slot.DiffersFrom is { Count: > 0 } others ? $", and nobody of {Words.List(others)}" : "",
        slot.Optional ? "; a plan may leave it empty." : ".");

    /// <summary>Such as “service owner and 2 peers”.</summary>
    public static string Of(ApprovalDemand demand) =>
        Words.List(demand.Approvals.GroupBy(quality => quality).Select(same => same.Count() == 1 ? Words.Of(same.Key) : Words.Count(same.Count(), Words.Of(same.Key))));

    /// <summary>What the model's summary says of people.</summary>
    internal static IEnumerable<string> Summary(ModelContent model)
    {
        if (model.Roles is { Count: > 0 } slots)
            yield return $"A plan names people for {Words.List(slots.Select(slot => $"{slot.Name} ({Wanted(slot)}{(slot.Optional ? ", may stay empty" : "")})"))}.";
        if (model.Approvals is { Count: > 0 } demands)
            yield return $"It asks for approvals of its own: {string.Join("; ", demands.Select(demand => $"for {demand.Case} {Of(demand)}"))}. Stricter rules of an environment count all the same.";
    }

    private static string Wanted(RoleSlot slot) =>
        slot.People == 1 ? slot.Wanted : $"{Words.Count(slot.People, Words.Of(slot.Role))}{(slot.Qualification is { } skill ? $" who hold “{skill}”" : "")}";
}
