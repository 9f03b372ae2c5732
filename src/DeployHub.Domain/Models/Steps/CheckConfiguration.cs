using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Each artefact is a configuration that can be read (.json, .yaml, .xml, .properties or .env), holds no secret in clear, and is valid by its JSON Schema
/// where one is named. No value of it reaches the log or the record.
/// </summary>
/// <param name="Schema">Where the schema lies in the artefact's store, such as <c>{path}.schema.json</c>: <c>{path}</c> is the artefact's path, and a path without it lies in its folder. For JSON and YAML.</param>
/// <param name="References">Values that name a secret instead of holding one, with <c>*</c> for any characters: <c>vault:*</c>. What is written <c>${name}</c> or, with its kind, <c>${vault:name}</c> is one anyway; with a default it is none.</param>
/// <param name="Harmless">Paths that sound like secrets and hold none, with <c>*</c> for any characters: <c>auth:tokenLifetime</c>.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
public sealed partial record CheckConfiguration(string? Schema = null, IReadOnlyList<string>? References = null, IReadOnlyList<string>? Harmless = null, string? Artefact = null) : ComponentCheck
{
    /// <summary>Null when no schema is looked for.</summary>
    public string? SchemaFor(string artefactPath) => Schema is null ? null : BesideArtefact.PathOf(artefactPath, Schema);

    public bool IsReference(string value) => Reference().IsMatch(value) || References?.Any(pattern => Wildcard.Matches(pattern, value)) == true;

    public bool IsHarmless(string path) => Harmless?.Any(pattern => Wildcard.Matches(pattern, path)) == true;

    /// <summary>After a colon many programs read a default, which would be the secret itself, unless a kind of store stands before it.</summary>
    [GeneratedRegex(@"^\$\{(?:[A-Za-z0-9_./-]+|(?:secret|vault|env|file|sys|ssm|secretsmanager|keyvault|sm|op):[A-Za-z0-9_./][A-Za-z0-9_./-]*)\}\z")]
    private static partial Regex Reference();
}
