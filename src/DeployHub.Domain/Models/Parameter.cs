using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models;

public enum ParameterType
{
    Text,
    Integer,
    Boolean,
    Duration,
}

/// <summary>How far one plan may change it (domain A-V11).</summary>
public enum Mutability
{
    Fixed,
    Bounded,
    Free,
}

/// <summary>What a plan may adapt in a model.</summary>
/// <param name="Minimum">For integers (a number) and durations (such as <c>30s</c>); with <see cref="Mutability.Bounded"/>.</param>
/// <param name="Choices">The only values allowed; with <see cref="Mutability.Bounded"/>.</param>
public sealed record Parameter(
    string Name, ParameterType Type, string Default, Mutability Mutability, string Description,
    string? Minimum = null, string? Maximum = null, IReadOnlyList<string>? Choices = null)
{
    /// <summary>Refuses a value of the wrong type or outside the bounds, naming both.</summary>
    public Result Check(string value) => RuleBrokenBy(value) is { } rule ? Refuse(rule) : Result.Success;

    /// <summary>The bound that a value of its type leaves, as the end of a sentence; null where it leaves none, or nothing may leave it.</summary>
    public string? BoundLeftBy(string value) => Mutability is Mutability.Bounded && IsOfType(value) ? RuleBrokenBy(value) : null;

    /// <summary>The same as a model that extends its own has it. What becomes fixed has no bounds any more.</summary>
    public Parameter With(ParameterOverride written)
    {
        var mutability = written.Mutability ?? Mutability;
        var keepsBounds = mutability is not Mutability.Fixed;
        return this with
        {
            Default = written.Default ?? Default,
            Mutability = mutability,
            Minimum = written.Minimum ?? (keepsBounds ? Minimum : null),
            Maximum = written.Maximum ?? (keepsBounds ? Maximum : null),
            Choices = written.Choices ?? (keepsBounds ? Choices : null),
        };
    }

    /// <summary>
    /// Where another parameter lets somebody choose what this one does not: its member that does, and how, as the end of a sentence. Null when
    /// nowhere.
    /// </summary>
    public (string Member, string How)? ExceededBy(Parameter other)
    {
        if (Type is not ParameterType.Text && other.Type != Type) return ("type", $"is {other.TypeInWords}, not {TypeInWords}");
        if (RuleBrokenBy(other.Default) is { } rule) return ("default", rule);
        if (Mutability is Mutability.Free || other.Mutability is Mutability.Fixed) return null;
        if (Mutability is Mutability.Fixed) return ("mutability", $"leaves open what is fixed at {Default}");
        if (other.Mutability is Mutability.Free) return ("mutability", "leaves open what is bounded");

        if (Choices is { Count: > 0 } && other.Choices is not { Count: > 0 }) return ("choices", $"is not only {string.Join(", ", Choices)}");
        if (Choices is { Count: > 0 } && other.Choices!.FirstOrDefault(choice => !Choices.Contains(choice)) is { } strange)
            return ("choices", $"offers “{strange}”, which is none of {string.Join(", ", Choices)}");
        if (Minimum is not null && other.Lowest < Measure(Minimum)) return ("minimum", $"goes below {Minimum}");
        if (Maximum is not null && other.Highest > Measure(Maximum)) return ("maximum", $"goes above {Maximum}");
        return null;
    }

    /// <summary>Types that have an order, so that a minimum and a maximum make sense.</summary>
    [JsonIgnore]
    public bool IsMeasured => Type is ParameterType.Integer or ParameterType.Duration;

    [JsonIgnore]
    public string TypeInWords => Article(Type);

    [JsonIgnore]
    public bool BoundsCross => Minimum is not null && Maximum is not null && Measure(Minimum) > Measure(Maximum);

    public bool IsOfType(string value) => Measure(value) is not null;

    /// <summary>Not a number where a bound is no value of the type, which is told elsewhere.</summary>
    private double Lowest => Choices is { Count: > 0 } ? Choices.Min(choice => Measure(choice) ?? double.NaN) : Minimum is null ? double.NegativeInfinity : Measure(Minimum) ?? double.NaN;

    private double Highest => Choices is { Count: > 0 } ? Choices.Max(choice => Measure(choice) ?? double.NaN) : Maximum is null ? double.PositiveInfinity : Measure(Maximum) ?? double.NaN;

    private string? RuleBrokenBy(string value)
    {
        if (Mutability is Mutability.Fixed && value != Default) return $"is fixed at {Default} by the model";
        if (Measure(value) is not { } measured) return $"must be {Article(Type)}";
        if (Mutability is Mutability.Bounded && Choices is { Count: > 0 } && !Choices.Contains(value)) return $"must be one of {string.Join(", ", Choices)}";
        if (Mutability is Mutability.Bounded && IsOutside(measured)) return $"must lie between {Minimum ?? "anything"} and {Maximum ?? "anything"}";
        return null;
    }

    private bool IsOutside(double measured) =>
        (Minimum is not null && measured < Measure(Minimum)) || (Maximum is not null && measured > Measure(Maximum));

    /// <summary>A number to compare bounds with; null when the value is not of this type.</summary>
    private double? Measure(string value) => Type switch
    {
        ParameterType.Integer => int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null,
        ParameterType.Boolean => value is "true" or "false" ? 0 : null,
        ParameterType.Duration => Duration.Parse(value) is { Error: null } duration ? duration.Value.TotalSeconds : null,
        _ => value.Length,
    };

    private static string Article(ParameterType type) => type switch
    {
        ParameterType.Integer => "a whole number",
        ParameterType.Boolean => "true or false",
        ParameterType.Duration => "a duration such as 90s",
        _ => "text",
    };

    private Error Refuse(string rule) => Error.Invalid("parameter.out-of-bounds", $"Parameters.{Name}", $"The parameter {Name} {rule}.");
}
