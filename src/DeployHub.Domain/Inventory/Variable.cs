using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Inventory;

/// <summary>
/// A value that the steps of a service's deployments read as <c>${variable.name}</c> and that differs from place to place. What is true of a
/// target whoever deploys to it, such as its port, is the target's own variable, <c>${target.name}</c>.
/// </summary>
public sealed class Variable
{
    private Variable() { }

    public VariableId Id { get; private init; }

    public ServiceId ServiceId { get; private init; }

    /// <summary>Unique within its service, never changes.</summary>
    public string Name { get; private init; } = "";

    public string Description { get; private set; } = "";

    /// <summary>No two with the same scope.</summary>
    public IReadOnlyList<ScopedValue> Values { get; private set; } = [];

    public Actor ChangedBy { get; private set; } = Actor.System;

    public DateTimeOffset ChangedAt { get; private set; }

    public static Result<Variable> Define(ServiceId service, string name, string description, IReadOnlyList<ScopedValue> values, Actor by, DateTimeOffset at)
    {
        var variable = new Variable { Id = VariableId.New(), ServiceId = service, Name = name };
        return variable.Change(description, values, by, at).Error is { } objection ? objection : variable;
    }

    public Result Change(string description, IReadOnlyList<ScopedValue> values, Actor by, DateTimeOffset at)
    {
        for (var i = 0; i < values.Count; i++)
            if (Objection(values, i) is { } sentence) return Error.Invalid("variable.value", $"Values[{i}].Value", sentence);

        (Description, Values, ChangedBy, ChangedAt) = (description, values, by, at);
        return Result.Success;
    }

    /// <summary>The value there, null when none applies, or a refusal with <c>variable.ambiguous</c> that names two which are equally specific.</summary>
    public Result<ScopedValue?> At(VariablePlace place)
    {
        var best = Values.Where(value => value.Scope.Covers(place)).GroupBy(value => value.Scope.Specificity).MaxBy(equals => equals.Key)?.Take(2).ToList();
        return best is [var one, var other]
            ? InventoryErrors.VariableAmbiguous(Name, place.Target ?? place.Environment, one.Scope, other.Scope)
            : Result<ScopedValue?>.Succeeded(best?[0]);
    }

    private string? Objection(IReadOnlyList<ScopedValue> values, int index)
    {
        var (value, scope) = (values[index].Value, values[index].Scope);
        if (Template.NamesIn(value).FirstOrDefault(name => !name.StartsWith("secret:", StringComparison.Ordinal)) is { } name)
            return $"A value names secrets, as ${{secret:name}}, and nothing else: ${{{name}}} stays out of it.";
        if (PlainSecrets.In(Name, value) is { } secret) return secret;

        return values.Take(index).Any(earlier => earlier.Scope == scope) ? $"Another value has the same scope, {scope.InWords()}. Keep one." : null;
    }
}
