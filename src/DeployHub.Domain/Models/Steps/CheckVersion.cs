namespace DeployHub.Domain.Models.Steps;

/// <summary>Reads the running version back from the target and compares it with the intended one.</summary>
/// <param name="Url">Answers the version as text or JSON.</param>
/// <param name="Property">Name of the JSON property that holds it; null when the whole body does.</param>
/// <param name="Within">How long it may take until the intended version answers.</param>
/// <param name="Expect">What has to answer.</param>
public sealed record CheckVersion(string Url, string? Property = null, string Expect = "${version.label}", string Within = "30s") : StepSettings
{
    /// <summary>What the evidence is called that holds the version that answered.</summary>
    public const string Seen = "Version";
}
