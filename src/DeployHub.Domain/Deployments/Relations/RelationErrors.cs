namespace DeployHub.Domain.Deployments.Relations;

/// <summary>Every way a relation between deployments is refused.</summary>
public static class RelationErrors
{
    private const string Field = "Plan.After";

    public static readonly Error TooMany = Error.Invalid(
        "relation.too-many", Field, $"A plan starts after at most {Predecessor.Most} others. Let those depend on each other, or plan a campaign.");

    public static Error Unknown(string number) => Error.Invalid("relation.unknown", Field, $"There is no deployment “{number}” that this could start after.");

    public static Error Twice(string number) => Error.Invalid("relation.twice", Field, $"{number} is named twice: once is enough.");

    public static Error InVain(PredecessorStanding predecessor) => Error.Invalid("relation.in-vain", Field, predecessor.Objection!);

    public static Error OfCampaign(string number, string campaign) => Error.Invalid(
        "relation.of-campaign", Field,
        $"{campaign} puts {number} before this plan and needs its success, which an edit does not change. Leave it out here, or give the campaign up.");

    /// <param name="way">From a deployment back to itself.</param>
    public static Error Circle(IReadOnlyList<string> way) => Error.Invalid(
        "relation.circle", Field, $"They would wait for each other for ever: {string.Join(" starts after ", way)}. Take one of these relations out.");
}
