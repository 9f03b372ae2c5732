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
    public Result Check(string value)
    {
        if (Mutability is Mutability.Fixed && value != Default) return Refuse($"is fixed at {Default} by the model");
        if (Measure(value) is not { } measured) return Refuse($"must be {Article(Type)}");
        if (Mutability is Mutability.Bounded && Choices is { Count: > 0 } && !Choices.Contains(value)) return Refuse($"must be one of {string.Join(", ", Choices)}");
        if (Mutability is Mutability.Bounded && IsOutside(measured)) return Refuse($"must lie between {Minimum ?? "anything"} and {Maximum ?? "anything"}");
        return Result.Success;
    }

    /// <summary>Types that have an order, so that a minimum and a maximum make sense.</summary>
    [JsonIgnore]
    public bool IsMeasured => Type is ParameterType.Integer or ParameterType.Duration;

    [JsonIgnore]
    public string TypeInWords => Article(Type);

    [JsonIgnore]
    public bool BoundsCross => Minimum is not null && Maximum is not null && Measure(Minimum) > Measure(Maximum);

    public bool IsOfType(string value) => Measure(value) is not null;

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
