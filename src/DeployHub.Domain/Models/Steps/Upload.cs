using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Puts an artefact, verified against its digest, on the target: a copy for a local one, over its connection for one reached by SSH.</summary>
/// <param name="To">Path below the target's directory; folders on the way are made.</param>
/// <param name="Artefact">Name of the version's artefact; may be left out when there is only one.</param>
public sealed record Upload(string To, string? Artefact = null) : StepSettings
{
    [JsonIgnore]
    public override IEnumerable<string> Changes => [$"the file {To}"];
}
