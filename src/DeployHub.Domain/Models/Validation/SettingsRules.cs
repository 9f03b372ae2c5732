using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>What each kind of step asks of its settings (A-V7, A-V12). Texts with names that only a run can fill are left alone.</summary>
internal static partial class SettingsRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place, StepSettings settings, string member) =>
        Remarks(model, settings).Select(remark => place.Error(remark.Rule, $"{member}.{remark.Member}", remark.Sentence))
            .Concat(PlainSecrets.In(settings).Select(sentence => place.Error("A-V12", member, sentence)));

    private static IEnumerable<(string Rule, string Member, string Sentence)> Remarks(ModelContent model, StepSettings settings) => settings switch
    {
        RunScript script => Command("command", script.Command),
        CheckScript script => Command("command", script.Command),
        RunSsh ssh =>
        [
            .. When(string.IsNullOrWhiteSpace(ssh.Command), "command", "say which command line to run."),
            .. When(ssh.BecomesUser is { } user && !user.Contains("${", StringComparison.Ordinal) && !Account().IsMatch(user), "become", "must be true, for root, or the name of an account."),
            .. When(ssh is { BecomePassword: not null, BecomesUser: null }, "becomePassword", "is what sudo asks for: say with become whom the command becomes."),
        ],
        Upload upload => When(!IsRelative(upload.To), "to", "must be a path below the target's directory: relative and without “..”."),
        ReleaseFiles release => Release(release),
        ConfigureFiles configure => Configure(configure),
        ControlProcess process => Process(model, process),
        SwitchHaproxyServer haproxy => Haproxy(model, haproxy),
        SwitchNginxUpstream nginx => Nginx(nginx),
        RunDatabaseScripts scripts =>
        [
            .. When(!PlainSecrets.IsReference(scripts.Connection), "connection", "name the secret that holds the connection string, and nothing else: ${secret:shop-db}.", "A-V12"),
            .. When(scripts.Folder is { } folder && !IsRelative(folder), "folder", "must be a folder inside the artefact: relative and without “..”."),
            .. When(!IsFilledLater(scripts.Journal) && !JournalName().IsMatch(scripts.Journal), "journal", "names a table, or a schema and a table: letters, digits and _ only."),
            .. Time(model, "lockWithin", scripts.LockWithin),
        ],
        RunTerraform terraform => Terraform(terraform),
        RunAnsible ansible => Ansible(ansible),
        ReplaceContainer container => Container(model, container),
        RemoveContainer container => Removed(model, container),
        CheckAbsent absent => Absent(absent),
        DeployToKubernetes kubernetes => Kubernetes(model, kubernetes),
        CallHttp http => [.. Url(http.Url), .. Statuses(http.ExpectStatus), .. When(!Method().IsMatch(http.Method), "method", "must be a method such as GET or POST."),
            .. When(http.Outputs?.Values.Any(pointer => !IsFilledLater(pointer) && pointer.Length > 0 && pointer[0] != '/') == true, "outputs", "each says where the value stands in the JSON of the answer, as a JSON Pointer such as /order/id.")],
        SendWebhook webhook =>
        [
            .. Url(webhook.Url),
            .. Statuses(webhook.ExpectStatus),
            .. When(!PlainSecrets.IsReference(webhook.Secret), "secret", "name the secret that signs, and nothing else: ${secret:shop-webhook}.", "A-V12"),
            .. When(!IsFilledLater(webhook.Type) && !EventType().IsMatch(webhook.Type), "type", "is words of letters, digits and _ with full stops between them, such as shop.deployed."),
        ],
        CheckHttp http => [.. Url(http.Url), .. Statuses(http.ExpectStatus), .. Time(model, "within", http.Within), .. Time(model, "every", http.Every)],
        CheckPage page => Page(model, page),
        CheckFile file => FileOnTarget(file),
        CheckLogs logs => Logs(model, logs),
        CheckVersion version => [.. Url(version.Url), .. Time(model, "within", version.Within), .. When(version.Expect.Length == 0, "expect", "say what the target must answer.")],
        CheckCmdb cmdb => Cmdb(model, cmdb),
        CheckHaproxyServer haproxy => Haproxy(model, haproxy),
        CheckTcp tcp => [.. Address(tcp.Address), .. Time(model, "within", tcp.Within), .. Time(model, "every", tcp.Every)],
        CheckTls tls => [.. Address(tls.Address, 443), .. Time(model, "validFor", tls.ValidFor)],
        CheckDns dns => [.. Dns(dns), .. Time(model, "within", dns.Within), .. Time(model, "every", dns.Every)],
        CheckSql sql => Sql(sql),
        CheckMetric metric => Metric(model, metric),
        CheckCanary canary => Canary(model, canary),
        CheckSignature signature => Signature(signature),
        CheckProvenance provenance => Provenance(provenance),
        CheckTests tests =>
        [
            .. When(tests.Suites.Count is 0 or > 20 || tests.Suites.Any(suite => !Key.IsValid(suite) && !IsFilledLater(suite)), "suites", "name 1 to 20 suites as they are reported, such as unit."),
            .. When(tests.MinimumTests is < 1 or > 10_000_000, "minimumTests", "must be from 1 to 10 000 000."),
            .. tests.NotOlderThan is { } age ? Time(model, "notOlderThan", age) : [],
        ],
        CheckPromotion promotion => When(!Key.IsValid(promotion.From) && !IsFilledLater(promotion.From), "from", "must be the key of an environment, such as staging."),
        CheckLinks links => When(links.Except?.Any(string.IsNullOrWhiteSpace) == true, "except", "names addresses such as https://intranet.example/*; none of them is empty."),
        CheckConfiguration configuration =>
        [
            .. configuration.Schema is { } schema ? Beside("schema", schema) : [],
            .. When(configuration.References?.Any(string.IsNullOrWhiteSpace) == true, "references", "says how values are written that name a secret, such as vault:*; none of them is empty."),
            .. When(configuration.Harmless?.Any(string.IsNullOrWhiteSpace) == true, "harmless", "names paths such as auth:tokenLifetime; none of them is empty."),
        ],
        CheckManifest manifest => Manifest(model, manifest),
        CheckDependencies dependencies => When(dependencies.Deployment.Length == 0, "deployment", "is the number of a deployment; leave it out for the run's own."),
        CheckSbom sbom => Sbom(sbom),
        CheckVulnerabilities vulnerabilities => Vulnerabilities(model, vulnerabilities),
        CheckDiskSpace space => When(space.MinimumFreeMiB is < 1, "minimumFreeMiB", "must be at least 1."),
        CheckTools tools => [.. When(tools.Tools.Count == 0, "tools", "name at least one program."), .. When(tools.Tools.Any(tool => !Tool().IsMatch(tool)), "tools", "a tool is named as on the PATH, such as tar.")],
        CheckDrift drift => Drift(drift),
        CheckChanges changes => Changes(changes),
        CheckTerraform terraform => [.. Source(terraform.From), .. Terraform(terraform.Plan)],
        CheckAnsible ansible => [.. Source(ansible.From), .. Ansible(ansible.Play)],
        CheckCapacity capacity => Capacity(model, capacity),
        CheckBackup backup => Backup(model, backup),
        CheckIncidents incidents => Incidents(incidents),
        CheckMonitoring monitoring => Monitoring(monitoring),
        Wait wait => Time(model, "for", wait.For),
        Acknowledge acknowledge => Acknowledged(model, acknowledge),
        Accept accept => Accepted(model, accept),
        ManualWork manual =>
        [
            .. When(manual.Instruction.Trim().Length < 10, "instruction", "write an instruction that somebody else can follow.", "A-V7"),
            .. Time(model, "expectedDuration", manual.ExpectedDuration, "A-V7"),
            .. When(!Access.PermissionMatrix.Allows([manual.Accountable], Access.Permission.PerformManualSteps), "accountable", $"a {Words.Of(manual.Accountable)} may not perform manual steps.", "A-V7"),
            .. When(manual.Picture is { } picture && !IsFilledLater(picture) && !IsPicture(picture), "picture", "is an address that begins with https://, or a path of this site that begins with one “/”.", "A-V7"),
            .. manual.Slot is { } slot ? Slot(model, "slot", slot, Access.Permission.PerformManualSteps) : [],
            .. Values(model, manual.Values ?? []),
        ],
        _ => [],
    };

    private static IEnumerable<(string, string, string)> Command(string member, IReadOnlyList<string> command) =>
        When(command.Count == 0 || string.IsNullOrWhiteSpace(command[0]), member, "the first item of the command is the program to run.");

    /// <summary>Null while only a run can tell.</summary>
    private static TimeSpan? Length(ModelContent model, string text) => Duration.Parse(model.WithDefaults(text)) is { Error: null } length ? length.Value : null;

    /// <summary>What a run fills in can be judged only then, and the executor does.</summary>
    private static bool IsFilledLater(string text) => text.Contains("${", StringComparison.Ordinal);

    private static IEnumerable<(string, string, string)> Url(string url) =>
        When(!url.Contains("${", StringComparison.Ordinal) && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"), "url", $"“{url}” is no address: begin with http:// or https://.");

    private static IEnumerable<(string, string, string)> Statuses(IReadOnlyList<int>? statuses) =>
        When(statuses?.Any(status => status is < 100 or > 599) == true, "expectStatus", "HTTP status codes lie between 100 and 599.");

    private static IEnumerable<(string, string, string)> Time(ModelContent model, string member, string text, string rule = "model.setting")
    {
        var filled = model.WithDefaults(text);
        if (filled.Contains("${", StringComparison.Ordinal)) return [];
        var duration = Duration.Parse(filled);
        return When(duration.Error is not null || duration.Value <= TimeSpan.Zero, member, duration.Error?.Message ?? "must be above zero.", rule);
    }

    private static bool IsRelative(string path) =>
        path.Length > 0 && path[0] is not ('/' or '\\' or '~') && !path.Split('/', '\\').Contains("..") && !path.Contains('\0');

    private static IEnumerable<(string, string, string)> When(bool isWrong, string member, string sentence, string rule = "model.setting") =>
        isWrong ? [(rule, member, sentence)] : [];

    [GeneratedRegex(@"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*\z")]
    private static partial Regex EventType();

    [GeneratedRegex("^[A-Z]{3,10}$")]
    private static partial Regex Method();

    [GeneratedRegex(@"^[A-Za-z0-9._+-]+$")]
    private static partial Regex Tool();

    [GeneratedRegex(@"^[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,127}\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z")]
    private static partial Regex JournalName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,31}\z")]
    private static partial Regex Account();
}
