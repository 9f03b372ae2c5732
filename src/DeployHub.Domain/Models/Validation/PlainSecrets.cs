using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>Secrets written out in settings (A-V12). No rule can know every secret; this finds those that are written plainly.</summary>
public static partial class PlainSecrets
{
    public static IEnumerable<string> In(StepSettings settings)
    {
        var entries = settings switch
        {
            RunScript script => script.Environment,
            CheckScript script => script.Environment,
            RunSsh ssh => ssh.Environment,
            CallHttp http => http.Headers,
            CheckCmdb cmdb => cmdb.Headers,
            SendWebhook webhook => webhook.Data,
            RunAnsible ansible => ansible.Variables,
            CheckAnsible ansible => ansible.Variables,
            ReplaceContainer container => container.Environment,
            DeployToKubernetes kubernetes => Credentials(kubernetes),
            ConfigureFiles configure => configure.Files.SelectMany(file => file.Set, (file, value) => KeyValuePair.Create($"{value.Key} of {file.File}", value.Value)).DistinctBy(value => value.Key).ToDictionary(),
            RunTerraform terraform => Given(terraform),
            CheckTerraform terraform => Given(terraform.Plan),
            _ => null,
        };
        foreach (var (name, value) in entries ?? new Dictionary<string, string>())
            if (SecretName().IsMatch(name) && IsReadable(value))
                yield return $"{name} looks like a secret written out. Store it by name and write ${{secret:name}}.";
        if (settings is RunSsh { BecomePassword: { } password } && !IsReference(password))
            yield return "becomePassword must name a secret, written ${secret:name}.";
        if (Template.TextsIn(settings).Any(text => SecretText().IsMatch(text)))
            yield return "this looks like a password or key written out. Store it by name and write ${secret:name}.";
    }

    private static Dictionary<string, string> Given(RunTerraform terraform) =>
        new[] { terraform.Variables, terraform.Environment, terraform.Backend }.SelectMany(values => values ?? new Dictionary<string, string>()).DistinctBy(value => value.Key).ToDictionary();

    private static Dictionary<string, string> Credentials(DeployToKubernetes kubernetes) =>
        new[] { ("token", kubernetes.Token), ("kubeconfig", kubernetes.Kubeconfig) }.Where(credential => credential.Item2 is not null).ToDictionary(credential => credential.Item1, credential => credential.Item2!);

    /// <summary>A value under a name, such as a variable's; null when nothing is wrong.</summary>
    public static string? In(string name, string value) => name switch
    {
        _ when SecretName().IsMatch(name) && IsReadable(value) => $"{name} looks like a secret written out. Store it by name and write ${{secret:name}}.",
        _ when SecretText().IsMatch(value) => "this looks like a password or key written out. Store it by name and write ${secret:name}.",
        _ => null,
    };

    /// <summary>It names a secret, or a variable whose name makes sure that its values do, and says nothing else.</summary>
    public static bool IsReference(string text) =>
        SecretReference().IsMatch(text) || (VariableReference().Match(text) is { Success: true } variable && SecretName().IsMatch(variable.Groups[1].Value));

    /// <summary>What stands under such a name is a secret.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    /// <summary>Parameters stand in the plan for everybody to read; what the variables of a target or a service hold is never a secret.</summary>
    private static bool IsReadable(string value) =>
        value.Length > 0 && !value.Contains("${secret:", StringComparison.Ordinal) && !value.Contains("${target.", StringComparison.Ordinal) && !value.Contains("${variable.", StringComparison.Ordinal);

    [GeneratedRegex("passw|passwd|secret|token|credential|api.?key|private.?key|^authorization$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^\$\{secret:[A-Za-z0-9_.-]+\}\z")]
    private static partial Regex SecretReference();

    [GeneratedRegex(@"^\$\{variable\.([A-Za-z0-9_.-]+)\}\z")]
    private static partial Regex VariableReference();

    [GeneratedRegex(@"://[^/\s:@$]+:[^/\s@$]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\b(Bearer|Basic) [A-Za-z0-9+/_.=-]{12,}")]
    private static partial Regex SecretText();
}
