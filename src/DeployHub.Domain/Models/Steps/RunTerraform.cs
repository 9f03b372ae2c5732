using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>How far terraform goes.</summary>
public enum TerraformAction
{
    /// <summary>Only says what would change.</summary>
    Plan,

    /// <summary>Plans, then carries out exactly that plan.</summary>
    Apply,
}

/// <summary>
/// Plans the Terraform configuration in an artefact on the worker's machine and applies exactly the plan it saved. What the plan changes
/// and what the configuration answers are evidence. Done again after a lost worker, it plans anew from the state and does what is left.
/// </summary>
/// <param name="Artefact">An archive of the configuration; may be left out when the version has only one.</param>
/// <param name="Folder">Where the root module lies in it.</param>
/// <param name="Variables">Given as <c>TF_VAR_…</c> and never on a command line; numbers, lists and maps as HCL or JSON.</param>
/// <param name="Backend">Settings of the configuration's own backend, as for <c>-backend-config</c>.</param>
/// <param name="State">Instead of a backend of its own: the state file, below a local target's directory.</param>
/// <param name="Environment">What providers read, such as credentials.</param>
/// <param name="Outputs">Which outputs of the configuration the steps after it may use; none that Terraform calls sensitive.</param>
/// <param name="AllowDestroy">True lets the plan destroy or replace something; else such a plan is refused.</param>
/// <param name="Action">Plan only looks; Apply carries out exactly what it planned.</param>
/// <param name="Workspace">Chosen, and made when it is missing.</param>
/// <param name="Version">Of which version the artefact is; it makes the step one for each version.</param>
public sealed record RunTerraform(
    TerraformAction Action = TerraformAction.Apply, string? Artefact = null, string? Folder = null, string Workspace = "default", IReadOnlyDictionary<string, string>? Variables = null,
    IReadOnlyDictionary<string, string>? Backend = null, string? State = null, IReadOnlyDictionary<string, string>? Environment = null, bool AllowDestroy = false,
    string Version = "${version.label}", IReadOnlyList<string>? Outputs = null) : StepSettings
{
    [JsonIgnore]
    public override IEnumerable<string> OutputNames => Outputs ?? [];
}
