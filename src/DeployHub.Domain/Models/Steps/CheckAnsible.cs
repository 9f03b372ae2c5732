using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Runs an Ansible playbook against the target in check mode and changes nothing. Each task that would change something is a drift item of the
/// target; a run halts with <c>DriftDetected</c>. Tasks that Ansible cannot check are named as evidence; a playbook that does not come to its
/// end, or of which nothing could be checked, is inconclusive.
/// </summary>
/// <param name="From">The revision of the playbook.</param>
/// <param name="Playbook">Below the folder. The inventory also says <c>deployhub_directory</c> and <c>deployhub_version</c>, which is the revision.</param>
/// <param name="Folder">Where in the definition Ansible starts, so that it finds its ansible.cfg there.</param>
/// <param name="Groups">Groups of the inventory that hold the target, besides <c>all</c>.</param>
/// <param name="Variables">Extra variables, never on a command line. Text stays as it is written, also where it looks like Jinja; lists and maps as JSON.</param>
/// <param name="Tags">Only tasks that carry one of these tags.</param>
/// <param name="VaultPassword">What opens files sealed with ansible-vault, as <c>${secret:name}</c>.</param>
/// <param name="Prerequisite">What is deployed needs it, so that a difference is in the way; false keeps a difference as evidence only.</param>
public sealed record CheckAnsible(
    DefinitionSource From, string Playbook = "site.yml", string? Folder = null, IReadOnlyList<string>? Groups = null, IReadOnlyDictionary<string, string>? Variables = null,
    IReadOnlyList<string>? Tags = null, string? VaultPassword = null, bool Prerequisite = true) : StepSettings
{
    /// <summary>What is asked of Ansible.</summary>
    [JsonIgnore]
    public RunAnsible Play => new(Playbook, From.Artefact, Folder, Groups, Variables, Tags, VaultPassword, From.Version ?? From.Commit ?? "");

    /// <summary>Tells it from another comparison with the same playbook; read before secrets are filled in.</summary>
    [JsonIgnore]
    public string Scope => DefinitionScope.Of(("groups", Groups), ("tags", Tags), ("variables", DefinitionScope.Pairs(Variables)));
}
