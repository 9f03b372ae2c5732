namespace DeployHub.Domain.Runs;

/// <summary>What a person says of a manual step.</summary>
public enum ManualAnswer
{
    Done,
    NotDone,
    Problem,
}

/// <summary>Somebody did what others were named for.</summary>
/// <param name="Others">Their names, in words.</param>
public sealed record TakenOver(string Others, string Reason);

/// <summary>What a person says of a manual step, with what shows it.</summary>
/// <param name="Note">Required where the step asks for evidence and nothing else shows it, and for any answer but done.</param>
public sealed record AnswerGiven(ManualAnswer Answer, string? Note = null)
{
    /// <summary>Names with digests of attached files.</summary>
    public IReadOnlyList<Evidence> Files { get; init; } = [];

    /// <summary>What was read off, by the names that the step asks for.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was given, by the device's own clock.</summary>
    public DateTimeOffset? OnDeviceAt { get; init; }

    /// <summary>In whose place, and why; null for whoever is named for it, and where nobody is.</summary>
    public TakenOver? TakenOver { get; init; }

    /// <summary>Everything that shows it, without what was left empty.</summary>
    internal IReadOnlyList<Evidence> Evidence() =>
    [
        .. Shown("Note", Note),
        .. Values.SelectMany(value => Shown(Shown(value.Key), value.Value)),
        .. Files,
        .. TakenOver is { } taken ? [new Evidence($"In the place of {taken.Others}", taken.Reason)] : Array.Empty<Evidence>(),
    ];

    /// <summary>What evidence calls a value that was read off.</summary>
    internal static string Shown(string value) => $"Value {value}";

    internal string? ValueOf(string name) => Values.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    private static IEnumerable<Evidence> Shown(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [new Evidence(name, value.Trim())];
}
