namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Runs an Ansible playbook from an artefact on the worker's machine, with the target as the only host of its inventory. What each host's
/// recap says is evidence. Done again after a lost worker, it runs from the beginning: a playbook brings about what is not yet so.
/// </summary>
/// <param name="Playbook">Below the folder. The inventory also says <c>deployhub_directory</c> and <c>deployhub_version</c>.</param>
/// <param name="Artefact">An archive with the playbook; may be left out when the version has only one.</param>
/// <param name="Folder">Where in the archive Ansible starts, so that it finds its ansible.cfg there.</param>
/// <param name="Groups">Groups of the inventory that hold the target, besides <c>all</c>.</param>
/// <param name="Variables">Extra variables, never on a command line. Text stays as it is written, also where it looks like Jinja; lists and maps as JSON.</param>
/// <param name="Tags">Only tasks that carry one of these tags.</param>
/// <param name="VaultPassword">What opens files sealed with ansible-vault, as <c>${secret:name}</c>.</param>
/// <param name="Version">Of which version the artefact is; it makes the step one for each version.</param>
public sealed record RunAnsible(
    string Playbook = "site.yml", string? Artefact = null, string? Folder = null, IReadOnlyList<string>? Groups = null, IReadOnlyDictionary<string, string>? Variables = null,
    IReadOnlyList<string>? Tags = null, string? VaultPassword = null, string Version = "${version.label}") : StepSettings;
