namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Compares a file on the target with an artefact of the version, by SHA-256: the target reads its own file, and nothing is fetched. Another
/// content, or no such file, fails with <c>VersionMismatchAfter</c>; what cannot be read is inconclusive.
/// </summary>
/// <param name="File">Absolute, or below the target's directory. Of a link, the file that it leads to.</param>
/// <param name="Artefact">Name of the version's artefact; may be left out when there is only one.</param>
public sealed record CheckFile(string File, string? Artefact = null) : StepSettings;
