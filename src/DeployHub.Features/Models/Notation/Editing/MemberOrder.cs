namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>In which order people write the members of a mapping, so that a new one stands where they look for it.</summary>
internal static class MemberOrder
{
    private static readonly string[][] Known =
    [
        ["model", "name", "purpose", "approach", "appliesTo", "preAuthorised", "parameters", "roles", "approvals", "stages", "rollback", "removal"],
        ["kinds", "tiers", "services"],
        ["type", "default", "mutability", "minimum", "maximum", "choices", "description"],
        ["role", "qualification", "people", "optional", "differsFrom", "description"],
        ["tier", "category", "qualities", "atLeast"],
        ["verifyComponents", "verifyEnvironment", "execute", "verifyDeployment"],
        ["phases", "failureBudget", "maxFailedTargets", "soak", "promotion", "onBreach", "atWindowEnd", "alreadyThere", "distribution", "quota", "steps", "switch", "watch"],
        ["name", "targets", "traffic", "soak", "promotion"],
        ["name", "key", "when", "together", "uses", "with", "timeout", "retries", "runs", "ifItFails", "afterLoss", "probe"],
        ["method", "forwardFixPlan", "switch", "steps"],
        ["steps", "proof"],
    ];

    /// <summary>Behind which of the written members a new one belongs; -1 for before the first. Behind all of them when none has to follow it.</summary>
    public static int Behind(IReadOnlyList<string> written, string name)
    {
        var order = Known.Where(order => order.Contains(name)).MaxBy(order => written.Count(order.Contains));
        if (order is null || !written.Any(order.Contains)) return written.Count - 1;

        var place = Array.IndexOf(order, name);
        if (!written.Any(other => Array.IndexOf(order, other) > place)) return written.Count - 1;
        for (var i = written.Count - 1; i >= 0; i--)
            if (Array.IndexOf(order, written[i]) is >= 0 and var other && other < place) return i;
        return -1;
    }
}
