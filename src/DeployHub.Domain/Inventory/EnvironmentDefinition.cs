namespace DeployHub.Domain.Inventory;

/// <summary>
/// One revision of an environment's own description as code (domain §1.3), as a tool compared it with a target. What differs from it is drift
/// like any other; another revision asks anew for what was accepted of this one.
/// </summary>
/// <param name="Kind">What the tool calls the parts of its definitions.</param>
/// <param name="Name">The same in every revision, such as <c>shop-infrastructure/live</c>.</param>
/// <param name="Revision">Such as <c>shop-infrastructure 1.4.0 (sha256:…)</c>.</param>
public sealed record EnvironmentDefinition(FactKind Kind, string Name, string Revision)
{
    private const int LongestName = 200;

    /// <summary>Parts of which nobody could tell whether they are as defined.</summary>
    public IReadOnlyList<string> Untold { get; init; } = [];

    /// <summary>Every part was compared, so that one about which nothing is told is as defined.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What a part of it has to be.</summary>
    public string Desired => $"as defined by {Revision}";

    /// <param name="isPrerequisite">What is deployed needs it, so that a difference is in the way.</param>
    public WatchedFact Fact(string part, bool isPrerequisite) => new(Kind, Shortened(part), Name, Desired, isPrerequisite);

    /// <summary>The item is about a part of this definition that was compared, whichever revision saw it.</summary>
    public bool Covers(DriftItem item) =>
        IsWhole && item.Kind == Kind && item.Subject == new WatchedFact(Kind, item.Name, Name).Subject && !Untold.Any(part => Shortened(part) == item.Name);

    /// <summary>Two long names that begin alike stay two.</summary>
    private static string Shortened(string part) => part.Length <= LongestName ? part : $"{Words.Beginning(part, LongestName - 40)} ({Digest.OfText(part).Short})";
}
