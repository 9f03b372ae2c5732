using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>What became of the list of targets since it was planned (domain §2.2.3).</summary>
/// <param name="Added">In service now and not planned, where the plan took every target that there was; none for a rehearsal, which is about a model.</param>
/// <param name="Retired">Planned, and out of service now.</param>
public sealed record TargetChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Retired)
{
    public static readonly TargetChanges None = new([], []);

    public bool Any => Added.Count + Retired.Count > 0;

    /// <param name="inService">Names of the targets that the environment has now.</param>
    public static TargetChanges Of(Plan plan, IReadOnlyCollection<string> inService)
    {
        var planned = plan.Targets.Select(target => target.Name).ToHashSet();
        return new TargetChanges(
            plan is { TakesEveryTarget: true, Rehearsal: null } ? [.. inService.Where(name => !planned.Contains(name)).Order(StringComparer.Ordinal)] : [],
            [.. planned.Where(name => !inService.Contains(name)).Order(StringComparer.Ordinal)]);
    }
}

/// <summary>A run takes the planned targets; what came since is told, and left to another deployment.</summary>
public sealed partial class Deployment
{
    /// <summary>Tells, as a run starts, which targets came into service since it was planned and are left out.</summary>
    public void LeaveOut(IReadOnlyList<string> added, Actor by, DateTimeOffset at)
    {
        if (added.Count == 0) return;

        Append("LeaveOut", $"{Words.List(added)} came into service since it was planned and {(added.Count == 1 ? "is" : "are")} left out: plan {(added.Count == 1 ? "it" : "them")} separately.", by, at);
    }
}
