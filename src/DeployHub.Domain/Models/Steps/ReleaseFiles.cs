using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Unpacks an artefact (tar, tar.gz or zip) as a release beside the earlier ones and switches the link <c>current</c> to it, all or
/// nothing. The target keeps <c>releases/</c>, <c>shared/</c>, <c>current</c> and <c>previous</c> in one folder.
/// </summary>
/// <param name="To">That folder, below the target's directory; the directory itself unless told.</param>
/// <param name="Artefact">Name of the version's artefact; may be left out when there is only one.</param>
/// <param name="Label">Name of the release's folder. One label holds one content.</param>
/// <param name="Shared">Paths inside every release that lead to <c>shared/</c> and outlive it. One that ends with a slash is a folder and is made; a file has to be there already.</param>
/// <param name="Keep">How many releases stay; the current and the previous one always do.</param>
/// <param name="Strip">How many leading folders of the artefact's paths are left out.</param>
/// <param name="MaximumMiB">Refuses an artefact that unpacks to more.</param>
public sealed record ReleaseFiles(
    string To = ".", string? Artefact = null, string Label = "${version.label}", IReadOnlyList<string>? Shared = null, int Keep = 5, int Strip = 0, int MaximumMiB = 4096) : StepSettings
{
    [JsonIgnore]
    public override IEnumerable<string> Changes => [$"the releases in {To.Trim('/')}"];
}
