using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Terraform(RunTerraform terraform) =>
    [
        .. When(terraform.Folder is { } folder && !IsRelative(folder), "folder", "must be a folder inside the artefact: relative and without “..”."),
        .. When(terraform.State is { } state && !IsRelative(state), "state", "must be a path below the target's directory: relative and without “..”."),
        .. When(terraform is { State: not null, Backend.Count: > 0 }, "state", "is instead of a backend, not beside it."),
        .. When(!IsFilledLater(terraform.Workspace) && !Label().IsMatch(terraform.Workspace), "workspace", "is no name of a workspace: letters, digits and . _ - only."),
        .. When(terraform.Variables?.Keys.Any(name => !VariableName().IsMatch(name)) == true, "variables", "a variable's name begins with a letter, then letters, digits, _ and -."),
        .. When(terraform.Environment?.Keys.Any(name => name.StartsWith("TF_VAR_", StringComparison.Ordinal)) == true, "environment", "give variables of the configuration as variables."),
    ];

    private static IEnumerable<(string, string, string)> Source(DefinitionSource source) =>
    [
        .. When(source.Component is null == source.Git is null, "from", "name the component that holds the definition, or the Git repository."),
        .. When(source.Component is { } component && !IsFilledLater(component) && !Key.IsValid(component), "from.component", "must be the key of a component, such as shop-infrastructure."),
        .. When(source.Component is null && (source.Version ?? source.Artefact) is not null, "from", "version and artefact are said of a component."),
        .. When(source.Git is { } git && !IsFilledLater(git) && !DefinitionRules.IsRepository(git), "from.git", "begin with https://, ssh:// or file://, without a user's password in it."),
        .. When(source.Git is not null && !(source.Commit is { } commit && (IsFilledLater(commit) || DefinitionRules.IsCommit(commit))), "from.commit", "name the commit by its whole hash, 40 or 64 hexadecimal digits: a branch or a tag may move."),
        .. When(source.Git is null && (source.Commit ?? source.Token) is not null, "from", "commit and token are said of a Git repository."),
        .. When(source is { Token: not null, Git: { } address } && !IsFilledLater(address) && !address.StartsWith("https://", StringComparison.Ordinal), "from.token", "is only sent over https."),
        .. Token(source.Token, "from.token", "git"),
    ];

    private static IEnumerable<(string, string, string)> Capacity(ModelContent model, CheckCapacity capacity) =>
    [
        .. When(capacity is { MinimumMemoryMiB: null, MinimumCpus: null, GreatestLoad: null, Declared: null or { Count: 0 } }, "minimumMemoryMiB", "say what is needed: memory, processors, load, or something declared."),
        .. When(capacity.MinimumMemoryMiB is < 1, "minimumMemoryMiB", "must be at least 1."),
        .. When(capacity.MinimumCpus is < 1, "minimumCpus", "must be at least 1."),
        .. When(capacity.GreatestLoad is { } load && !(IsNumber(model, load) && IsPositive(model, load)), "greatestLoad", "must be a number above zero such as 0.8: the load divided by the processors."),
        .. When(capacity.Declared?.Count > CheckCapacity.MostDeclared, "declared", $"name at most {CheckCapacity.MostDeclared}."),
        .. (capacity.Declared ?? []).SelectMany((declared, index) => When(declared.Name.Trim().Length is 0 or > 100, $"declared[{index}].name", "say in at most 100 characters what it is.")
            .Concat(When(!IsNumber(model, declared.Available), $"declared[{index}].available", "must be a number, or say who tells it: ${target.ports}, ${step.key.output}."))
            .Concat(When(!IsNumber(model, declared.Needed), $"declared[{index}].needed", "must be a number such as 2."))),
    ];

    private static IEnumerable<(string, string, string)> Backup(ModelContent model, CheckBackup backup) =>
    [
        .. Time(model, "notOlderThan", backup.NotOlderThan),
        .. When(new[] { backup.Files, backup.Url, backup.Query }.Count(way => way is not null) != 1, "files", "say in one way where the backup is seen: files, url, or source with query."),
        .. When(backup.Files is { } files && !IsFilledLater(files) && !DefinitionRules.IsPattern(files), "files", "must be a path of at most 300 characters, absolute or below the target's directory, without “..”, whose * and ? stand for any characters."),
        .. When(backup.MinimumKiB < 1, "minimumKiB", "must be at least 1."),
        .. backup.Url is { } url ? Url(url) : [],
        .. When(backup.Property is { } property && (backup.Url is null || (!IsFilledLater(property) && property is not ['/', ..])), "property", "says where the time stands in the JSON that url answers, as a JSON Pointer such as /last/finishedAt."),
        .. When(backup.Source is null != backup.Query is null, "source", "is asked for what query says: give both."),
        .. backup.Source is { } source ? Url(source).Select(remark => (remark.Item1, "source", remark.Item3)) : [],
        .. When(backup is { Token: not null, Files: not null }, "token", "is sent to url or source."),
        .. Token(backup.Token, "token", "backup-api"),
    ];

    private static IEnumerable<(string, string, string)> Incidents(CheckIncidents incidents) =>
    [
        .. Url(incidents.Source).Select(remark => (remark.Item1, "source", remark.Item3)),
        .. When(incidents.Labels?.Keys.Append(incidents.SeverityLabel).Any(label => !LabelName().IsMatch(label)) ?? !LabelName().IsMatch(incidents.SeverityLabel), "labels", "a label's name begins with a letter, then letters, digits and _."),
        .. Token(incidents.Token, "token", "alertmanager"),
    ];

    private static IEnumerable<(string, string, string)> Monitoring(CheckMonitoring monitoring) =>
    [
        .. Url(monitoring.Source).Select(remark => (remark.Item1, "source", remark.Item3)),
        .. When(!IsFilledLater(monitoring.Health) && monitoring.Health is not ['/', ..], "health", "must be a path that begins with “/”."),
        .. When(monitoring.Up?.Any(string.IsNullOrWhiteSpace) == true || monitoring.Up?.Count > 20, "up", "name at most 20 expressions in PromQL, each of which gives 1 while what it sees is up."),
        .. Token(monitoring.Token, "token", "prometheus"),
    ];

    private static IEnumerable<(string, string, string)> Token(string? token, string member, string example) =>
        When(token is not null && !PlainSecrets.IsReference(token), member, $"name the secret that holds the token, and nothing else: ${{secret:{example}}}.", "A-V12");

    private static bool IsPositive(ModelContent model, string text) => IsFilledLater(model.WithDefaults(text)) || double.Parse(model.WithDefaults(text), NumberStyles.Float, CultureInfo.InvariantCulture) > 0;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex LabelName();
}
