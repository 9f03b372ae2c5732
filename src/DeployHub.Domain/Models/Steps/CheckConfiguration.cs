namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Each artefact is a configuration that can be read (.json, .yaml, .xml, .properties or .env), holds no secret in clear, and is valid by its JSON Schema
/// where one is named. No value of it reaches the log or the record.
/// </summary>
/// <param name="Schema">Where the schema lies in the artefact's store, such as <c>{path}.schema.json</c>: <c>{path}</c> is the artefact's path, and a path without it lies in its folder. For JSON and YAML.</param>
/// <param name="References">Values that name a secret instead of holding one, with <c>*</c> for any characters: <c>vault:*</c>. What is written <c>${…}</c> is one anyway.</param>
/// <param name="Harmless">Paths that sound like secrets and hold none, with <c>*</c> for any characters: <c>auth:tokenLifetime</c>.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
public sealed record CheckConfiguration(string? Schema = null, IReadOnlyList<string>? References = null, IReadOnlyList<string>? Harmless = null, string? Artefact = null) : ComponentCheck
{
    /// <summary>Null when no schema is looked for.</summary>
    public string? SchemaFor(string artefactPath) => Schema is null ? null : BesideArtefact.PathOf(artefactPath, Schema);

    public bool IsReference(string value) => (value.StartsWith("${", StringComparison.Ordinal) && value.EndsWith('}')) || References?.Any(pattern => Wildcard.Matches(pattern, value)) == true;

    public bool IsHarmless(string path) => Harmless?.Any(pattern => Wildcard.Matches(pattern, path)) == true;
}
