namespace DeployHub.Domain.Models.Steps;

/// <summary>Tests were reported for exactly this content, and none of them failed (domain §2.2.2 B2). The latest report of a suite counts.</summary>
/// <param name="Suites">Names of the suites, such as <c>unit</c>; each has to be reported.</param>
/// <param name="MinimumTests">Fewer tests that passed, in each suite, are none.</param>
/// <param name="NotOlderThan">How long ago each suite may have run, such as <c>30d</c>; any time unless told.</param>
public sealed record CheckTests(IReadOnlyList<string> Suites, int MinimumTests = 1, string? NotOlderThan = null) : ComponentCheck;
