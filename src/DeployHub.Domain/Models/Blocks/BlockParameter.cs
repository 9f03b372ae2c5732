using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>What a model that uses a block gives it, or may give it.</summary>
/// <param name="Default">Null when every model has to say it.</param>
/// <param name="Minimum">For integers (a number) and durations (such as <c>30s</c>).</param>
/// <param name="Choices">The only values allowed.</param>
public sealed record BlockParameter(
    string Name, ParameterType Type, string Description, string? Default = null, string? Minimum = null, string? Maximum = null, IReadOnlyList<string>? Choices = null)
{
    /// <summary>In characters, of a default and of what is given: a block's text repeats it as often as it likes.</summary>
    public const int LongestValue = 2000;

    [JsonIgnore]
    public bool IsRequired => Default is null;

    /// <summary>
    /// Stands for the value wherever the block is looked at by itself. A text that only models give is like one that only a run knows, and
    /// may be a reference where only a reference may stand.
    /// </summary>
    [JsonIgnore]
    public string Example => Default ?? (Choices is [var first, ..] ? first : null) ?? Minimum ?? Maximum ?? Type switch
    {
        ParameterType.Integer => "1",
        ParameterType.Boolean => "true",
        ParameterType.Duration => "1m",
        _ => "${variable.secret}",
    };

    /// <summary>With that value, as a model would declare it: what a model may give here is what a plan could choose there.</summary>
    public Parameter With(string value) => new(Name, Type, value, HasBounds ? Mutability.Bounded : Mutability.Free, Description, Minimum, Maximum, Choices);

    private bool HasBounds => Minimum is not null || Maximum is not null || Choices is { Count: > 0 };
}
