using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Ansible(RunAnsible ansible) =>
    [
        .. When(!IsRelative(ansible.Playbook) || !(ansible.Playbook.EndsWith(".yml", StringComparison.Ordinal) || ansible.Playbook.EndsWith(".yaml", StringComparison.Ordinal)), "playbook", "must be a .yml or .yaml file inside the artefact: relative and without “..”."),
        .. When(ansible.Folder is { } folder && !IsRelative(folder), "folder", "must be a folder inside the artefact: relative and without “..”."),
        .. When(ansible.Groups?.Any(group => !IsFilledLater(group) && (group is "all" or "ungrouped" || !AnsibleName().IsMatch(group))) == true, "groups", "a group's name begins with a letter, then letters, digits and _; every host is in “all” anyway."),
        .. When(ansible.Variables?.Keys.Any(name => !AnsibleName().IsMatch(name)) == true, "variables", "a variable's name begins with a letter, then letters, digits and _."),
        .. When(ansible.Variables?.Keys.Any(name => name.StartsWith("ansible_", StringComparison.Ordinal) && !FreeAnsibleVariable().IsMatch(name)) == true, "variables", "how a host is reached is said by the target: of the ansible_ variables only ansible_become_… and ansible_python_interpreter may be given."),
        .. When(ansible.Tags?.Any(tag => tag.Length == 0 || tag.Any(character => character is ',' || char.IsWhiteSpace(character) || char.IsControl(character))) == true, "tags", "a tag is one word."),
        .. When(ansible.VaultPassword is { } password && !PlainSecrets.IsReference(password), "vaultPassword", "name the secret that holds the password, and nothing else: ${secret:ansible-vault}.", "A-V12"),
    ];

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex AnsibleName();

    [GeneratedRegex(@"^ansible_(become[a-z_]*|python_interpreter)\z")]
    private static partial Regex FreeAnsibleVariable();
}
