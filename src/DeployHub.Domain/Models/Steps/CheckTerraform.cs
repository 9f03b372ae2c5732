using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Has Terraform compare a configuration with what is there and changes nothing. Each resource that it would create, change or destroy is a
/// drift item of the target; a run halts with <c>DriftDetected</c>. A plan that cannot be made is inconclusive.
/// </summary>
/// <param name="From">The revision of the configuration.</param>
/// <param name="Folder">Where the root module lies in it.</param>
/// <param name="Variables">Given as <c>TF_VAR_…</c> and never on a command line; numbers, lists and maps as HCL or JSON.</param>
/// <param name="Backend">Settings of the configuration's own backend, as for <c>-backend-config</c>.</param>
/// <param name="State">Instead of a backend of its own: the state file, below a local target's directory.</param>
/// <param name="Environment">What providers read, such as credentials.</param>
/// <param name="Workspace">Has to be there already.</param>
/// <param name="Prerequisite">What is deployed needs it, so that a difference is in the way; false keeps a difference as evidence only.</param>
public sealed record CheckTerraform(
    DefinitionSource From, string? Folder = null, string Workspace = "default", IReadOnlyDictionary<string, string>? Variables = null,
    IReadOnlyDictionary<string, string>? Backend = null, string? State = null, IReadOnlyDictionary<string, string>? Environment = null, bool Prerequisite = true) : StepSettings
{
    /// <summary>What is asked of Terraform.</summary>
    [JsonIgnore]
    public RunTerraform Plan => new(TerraformAction.Plan, From.Artefact, Folder, Workspace, Variables, Backend, State, Environment, AllowDestroy: true);

    /// <summary>Tells it from another comparison with the same configuration; read before secrets are filled in.</summary>
    [JsonIgnore]
    public string Scope => DefinitionScope.Of(
        ("variables", DefinitionScope.Pairs(Variables)), ("backend", DefinitionScope.Pairs(Backend)), ("state", State?.Split('\n')), ("environment", DefinitionScope.Pairs(Environment)));
}
