using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>A value of a service's variable as the plan resolved it, frozen since: what was approved is what runs, and a rollback reads the same.</summary>
/// <param name="From">The scope that won, in words.</param>
/// <param name="Targets">Names of the targets that get this value, in order.</param>
/// <param name="IsForAll">Also read where no target is at hand, such as by what a phase does once.</param>
public sealed record PlannedVariable(string Name, string Value, string From, IReadOnlyList<string> Targets, bool IsForAll = false)
{
    /// <summary>What the model reads, for each target, or a refusal that names what has no value or two.</summary>
    public static Result<IReadOnlyList<PlannedVariable>> Resolve(
        ModelContent model, string service, IReadOnlyList<Variable> known, string environment, IReadOnlyList<VariablePlace> targets)
    {
        var found = new List<(string Name, ScopedValue Value, string? Target)>();
        foreach (var use in model.VariablesRead)
            foreach (var place in use.OnTargets ? targets : [new VariablePlace(environment)])
            {
                var value = known.FirstOrDefault(variable => variable.Name == use.Name) is { } variable ? variable.At(place) : DeploymentErrors.VariableUnknown(use.Name, service);
                if (value.Error is { } refused) return Error.Invalid(refused.Code, "Plan.Model", refused.Message);
                if (value.Value is null) return DeploymentErrors.VariableWithoutValue(use.Name, service, place);

                found.Add((use.Name, value.Value, place.Target));
            }

        return Grouped(found);
    }

    /// <summary>The same for fewer targets.</summary>
    public static IReadOnlyList<PlannedVariable> Of(IEnumerable<PlannedVariable> variables, IReadOnlyCollection<string> targets) =>
        InOrder(variables.Select(variable => variable with { Targets = [.. variable.Targets.Where(targets.Contains)] }).Where(variable => variable.IsForAll || variable.Targets.Count > 0));

    private static List<PlannedVariable> Grouped(List<(string Name, ScopedValue Value, string? Target)> found) =>
        InOrder(found.GroupBy(one => (one.Name, one.Value.Value, one.Value.Scope)).Select(same => new PlannedVariable(
            same.Key.Name, same.Key.Value, same.Key.Scope.InWords(), [.. same.Select(one => one.Target).OfType<string>().Order(StringComparer.Ordinal)], same.Any(one => one.Target is null))));

    /// <summary>The same whichever targets there are, as the plan's digest holds them in their order.</summary>
    private static List<PlannedVariable> InOrder(IEnumerable<PlannedVariable> variables) =>
    [
        .. variables.OrderBy(variable => variable.Name, StringComparer.Ordinal).ThenBy(variable => variable.Value, StringComparer.Ordinal).ThenBy(variable => variable.From, StringComparer.Ordinal),
    ];
}
