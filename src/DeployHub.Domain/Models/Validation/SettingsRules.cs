using System.Globalization;
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
        RunTerraform terraform =>
        [
            .. When(terraform.Folder is { } folder && !IsRelative(folder), "folder", "must be a folder inside the artefact: relative and without “..”."),
            .. When(terraform.State is { } state && !IsRelative(state), "state", "must be a path below the target's directory: relative and without “..”."),
            .. When(terraform is { State: not null, Backend.Count: > 0 }, "state", "is instead of a backend, not beside it."),
            .. When(!IsFilledLater(terraform.Workspace) && !Label().IsMatch(terraform.Workspace), "workspace", "is no name of a workspace: letters, digits and . _ - only."),
            .. When(terraform.Variables?.Keys.Any(name => !VariableName().IsMatch(name)) == true, "variables", "a variable's name begins with a letter, then letters, digits, _ and -."),
            .. When(terraform.Environment?.Keys.Any(name => name.StartsWith("TF_VAR_", StringComparison.Ordinal)) == true, "environment", "give variables of the configuration as variables."),
        ],
        RunAnsible ansible => Ansible(ansible),
        ReplaceContainer container => Container(model, container),
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
        CheckVersion version => [.. Url(version.Url), .. Time(model, "within", version.Within), .. When(version.Expect.Length == 0, "expect", "say what the target must answer.")],
        CheckMetric metric => Metric(model, metric),
        CheckDiskSpace space => When(space.MinimumFreeMiB is < 1, "minimumFreeMiB", "must be at least 1."),
        CheckTools tools => [.. When(tools.Tools.Count == 0, "tools", "name at least one program."), .. When(tools.Tools.Any(tool => !Tool().IsMatch(tool)), "tools", "a tool is named as on the PATH, such as tar.")],
        Wait wait => Time(model, "for", wait.For),
        Acknowledge acknowledge =>
        [
            .. When(acknowledge.Statement.Trim().Length < 10, "statement", "write as a sentence what the readers confirm.", "A-V7"),
            .. When(acknowledge.Readers.Count == 0, "readers", "name at least one reader, by e-mail address or role.", "A-V7"),
            .. Acknowledge.NamesOf(acknowledge.Readers).Where(reader => !IsFilledLater(reader) && !reader.Contains('@') && !Enum.TryParse<Access.Role>(reader, ignoreCase: true, out _))
                .SelectMany(reader => When(true, "readers", $"“{reader}” is neither an e-mail address nor a role such as Stakeholder.", "A-V7")),
            .. When(!IsFilledLater(acknowledge.Quota) && (Share.Parse(acknowledge.Quota).Error is not null || Share.Parse(acknowledge.Quota).Value.Number == 0), "quota", "is a share such as 95% or a count of at least 1."),
            .. acknowledge.Document is { } document ? Url(document).Select(remark => (remark.Item1, "document", remark.Item3)) : [],
        ],
        ManualWork manual =>
        [
            .. When(manual.Instruction.Trim().Length < 10, "instruction", "write an instruction that somebody else can follow.", "A-V7"),
            .. Time(model, "expectedDuration", manual.ExpectedDuration, "A-V7"),
            .. When(!Access.PermissionMatrix.Allows([manual.Accountable], Access.Permission.PerformManualSteps), "accountable", $"a {Words.Of(manual.Accountable)} may not perform manual steps.", "A-V7"),
            .. When(manual.Picture is { } picture && !IsFilledLater(picture) && !IsPicture(picture), "picture", "is an address that begins with https://, or a path of this site that begins with one “/”.", "A-V7"),
            .. Values(manual.Values ?? []),
        ],
        _ => [],
    };

    private static IEnumerable<(string, string, string)> Values(IReadOnlyList<ManualValue> values) =>
    [
        .. When(values.Any(value => !ValueName().IsMatch(value.Name)), "values", "a value's name begins with a letter, then at most 39 letters, digits, spaces, _ and -.", "A-V7"),
        .. When(values.DistinctBy(value => value.Name.ToLowerInvariant()).Count() < values.Count, "values", "each value has a name of its own.", "A-V7"),
        .. values.Where(value => value.Pattern is { } pattern && !IsPattern(pattern)).SelectMany(value => When(true, "values", $"“{value.Pattern}” is no regular expression that can be matched in one pass, without looking back or ahead.", "A-V7")),
        .. values.Where(value => value is { Expected: { } expected, Pattern: { } pattern } && !IsFilledLater(expected) && IsPattern(pattern) && !value.Matches(expected))
            .SelectMany(value => When(true, "values", $"{value.Expected} is expected of “{value.Name}” and does not match its own pattern.", "A-V7")),
    ];

    private static bool IsPicture(string picture) =>
        picture.StartsWith('/') ? !picture.StartsWith("//", StringComparison.Ordinal) : Uri.TryCreate(picture, UriKind.Absolute, out var uri) && uri.Scheme is "https";

    private static bool IsPattern(string pattern)
    {
        try
        {
            return !IsFilledLater(pattern) && new Regex(pattern, RegexOptions.NonBacktracking) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static IEnumerable<(string, string, string)> Command(string member, IReadOnlyList<string> command) =>
        When(command.Count == 0 || string.IsNullOrWhiteSpace(command[0]), member, "the first item of the command is the program to run.");

    private static IEnumerable<(string, string, string)> Release(ReleaseFiles release) =>
    [
        .. When(!IsRelative(release.To), "to", "must be a folder below the target's directory: relative and without “..”."),
        .. When(release.Label.Length == 0 || !IsFilledLater(release.Label) && !Label().IsMatch(release.Label), "label", "names a folder: letters, digits and . _ + - only, not beginning with a dot."),
        .. When(release.Keep is < 1 or > 100, "keep", "must be from 1 to 100."),
        .. When(release.Strip is < 0 or > 20, "strip", "must be from 0 to 20."),
        .. When(release.MaximumMiB is < 1 or > 1024 * 1024, "maximumMiB", "must be from 1 to 1048576."),
        .. When(release.Shared?.Any(path => !IsRelative(path) || path.Trim('/', '.').Length == 0 || path.Any(char.IsControl)) == true, "shared", "each path lies inside the release: relative and without “..”."),
        .. When(release.Shared?.Any(path => release.Shared.Any(other => path != other && $"{path.TrimEnd('/')}/".StartsWith($"{other.TrimEnd('/')}/", StringComparison.Ordinal))) == true, "shared", "one shared path must not lie inside another."),
    ];

    private static IEnumerable<(string, string, string)> Configure(ConfigureFiles configure) =>
    [
        .. When(!IsRelative(configure.Folder), "folder", "must be a folder below the target's directory: relative and without “..”."),
        .. When(configure.Files.Count == 0, "files", "name at least one file."),
        .. When(configure.Files.GroupBy(file => file.File).Any(same => same.Count() > 1), "files", "one file stands there twice; put its values together."),
        .. configure.Files.SelectMany((file, index) => Configured(file).Select(remark => (remark.Item1, $"files[{index}].{remark.Item2}", remark.Item3))),
    ];

    private static IEnumerable<(string, string, string)> Configured(ConfiguredFile file) =>
    [
        .. When(!IsRelative(file.File) || file.File.EndsWith('/'), "file", "must be a file in the folder: relative and without “..”."),
        .. When(file.Read() is null, "format", "does not follow from the file's name: say Json, Yaml, Xml, Properties or Env."),
        .. When(file.Set.Count is 0 or > 200, "set", "sets 1 to 200 values by their paths."),
        .. When(file.Set.Keys.Any(path => string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl)), "set", "a path must not be empty."),
    ];

    private static readonly string[] ProcessCommands = ["status", "start", "stop", "restart", "reload", "log"];

    private static IEnumerable<(string, string, string)> Process(ModelContent model, ControlProcess process)
    {
        var commands = process.Commands ?? new Dictionary<string, string>();
        var action = process.Action.ToString().ToLowerInvariant();
        var isKnown = commands.ContainsKey(action) || (process.Action is ProcessAction.Restart && commands.ContainsKey("start") && commands.ContainsKey("stop"));
        return
        [
            .. When(process.Unit.Length == 0 || process.Unit[0] == '-' || process.Unit.Any(char.IsControl), "unit", "name the unit, such as shop.service."),
            .. When(commands.Count == 0 && !IsFilledLater(process.Unit) && !UnitName().IsMatch(process.Unit), "unit", "is no name of a systemd unit, such as shop.service or shop@1.service."),
            .. commands.Keys.Where(name => !ProcessCommands.Contains(name)).SelectMany(name => When(true, "commands", $"“{name}” is none of {string.Join(", ", ProcessCommands)}.")),
            .. When(commands.Count > 0 && !commands.ContainsKey("status"), "commands", "needs status, so that it can be seen whether the process is active."),
            .. When(commands.Count > 0 && !isKnown, "commands", $"needs {action}, because that is what the step does."),
            .. When(commands.Values.Any(string.IsNullOrWhiteSpace), "commands", "a command must not be empty."),
            .. When(commands.Count > 0 && process.Sudo, "sudo", "is for systemd; write sudo into the commands that need it."),
            .. Time(model, "activeFor", process.ActiveFor),
            .. Time(model, "within", process.Within),
            .. When(Length(model, process.ActiveFor) > Length(model, process.Within), "activeFor", $"{process.ActiveFor} does not fit into {process.Within}, the time within which it has to be active."),
            .. When(process.LogLines is < 0 or > 1000, "logLines", "must be from 0 to 1000."),
        ];
    }

    private static IEnumerable<(string, string, string)> Haproxy(ModelContent model, SwitchHaproxyServer haproxy) =>
    [
        .. When(haproxy.Addresses.Count == 0 || haproxy.Addresses.Any(address => !IsFilledLater(address) && !RuntimeAddress().IsMatch(address)), "addresses", "each is host:port or the path of a socket, and there is at least one."),
        .. When(!IsFilledLater(haproxy.Backend) && !HaproxyName().IsMatch(haproxy.Backend), "backend", "is no name that HAProxy knows: letters, digits and . _ : - only."),
        .. When(!IsFilledLater(haproxy.Server) && !HaproxyName().IsMatch(haproxy.Server), "server", "is no name that HAProxy knows: letters, digits and . _ : - only."),
        .. When(haproxy.State is null && haproxy.Weight is null, "state", "say which state or which weight the server shall have."),
        .. When(haproxy.Weight is { } weight && !IsFilledLater(weight) && !IsWeight(weight), "weight", "must be from 0 to 256, or a share from 0% to 100%."),
        .. Time(model, "within", haproxy.Within),
    ];

    private static IEnumerable<(string, string, string)> Nginx(SwitchNginxUpstream nginx) =>
    [
        .. When(nginx.File.Length == 0 || nginx.File.EndsWith('/') || nginx.File.Split('/').Contains("..") || nginx.File.Any(char.IsControl), "file", "must be the path of a file, without “..”."),
        .. When(string.IsNullOrWhiteSpace(nginx.Content), "content", "say what the file shall say."),
        .. When(string.IsNullOrWhiteSpace(nginx.Test), "test", "a configuration is never reloaded untested."),
        .. When(string.IsNullOrWhiteSpace(nginx.Reload), "reload", "say how nginx is told to read its configuration again."),
    ];

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

    private static IEnumerable<(string, string, string)> Container(ModelContent model, ReplaceContainer container) =>
    [
        .. When(!IsFilledLater(container.Image) && !ImageByDigest().IsMatch(container.Image), "image", "names an image by its digest, which alone says what will run: registry.example/shop@sha256:…"),
        .. When(!IsFilledLater(container.Name) && !ContainerName().IsMatch(container.Name), "name", "is no name of a container: letters, digits and . _ - only."),
        .. When(!IsFilledLater(container.Engine) && !EngineAddress().IsMatch(container.Engine), "engine", "must be an address such as unix:///var/run/docker.sock or tcp://10.0.0.7:2375."),
        .. When(container.Ports?.Any(port => !IsFilledLater(port) && !PublishedPort().IsMatch(port)) == true, "ports", "each is host:container, such as 8080:80 or 127.0.0.1:8080:80/tcp."),
        .. When(container.Volumes?.Any(volume => !IsFilledLater(volume) && !ContainerVolume().IsMatch(volume)) == true, "volumes", "each is name:/path or /path:/path, with :ro behind it when nothing is written."),
        .. When(container.Environment?.Keys.Any(name => name.Length == 0 || name.Contains('=')) == true, "environment", "a variable's name is not empty and holds no “=”."),
        .. When(container.RegistryPassword is { } password && !PlainSecrets.IsReference(password), "registryPassword", "name the secret that holds the password, and nothing else: ${secret:registry}.", "A-V12"),
        .. When(container is { RegistryPassword: not null, RegistryUser: null }, "registryPassword", "belongs to a user: say registryUser too."),
        .. Time(model, "stopWithin", container.StopWithin),
        .. Time(model, "runsFor", container.RunsFor),
        .. Time(model, "within", container.Within),
        .. When(Length(model, container.RunsFor) > Length(model, container.Within), "runsFor", $"{container.RunsFor} does not fit into {container.Within}, the time within which it has to be healthy."),
        .. When(container.LogLines is < 0 or > 1000, "logLines", "must be from 0 to 1000."),
    ];

    private static IEnumerable<(string, string, string)> Kubernetes(ModelContent model, DeployToKubernetes kubernetes) =>
    [
        .. kubernetes.Action is KubernetesAction.Apply ? Applied(kubernetes) : Undone(kubernetes),
        .. When(!IsFilledLater(kubernetes.Namespace) && !DnsLabel().IsMatch(kubernetes.Namespace), "namespace", "is no name of a namespace: lower-case letters, digits and hyphens."),
        .. When(kubernetes.Server is null == kubernetes.Kubeconfig is null, "server", "say the cluster by server and token, or by a kubeconfig, and not by both."),
        .. When(kubernetes.Server is { } server && !IsFilledLater(server) && !(Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Scheme is "https"), "server", "is the address of the cluster's API: begin with https://."),
        .. When(kubernetes is { Server: not null, Token: null }, "token", "the cluster's API asks for a token: name the secret that holds it."),
        .. When(kubernetes.Token is { } token && !PlainSecrets.IsReference(token), "token", "name the secret that holds the token, and nothing else: ${secret:cluster-token}.", "A-V12"),
        .. When(kubernetes is { Kubeconfig: not null } and ({ Token: not null } or { Authority: not null }), "kubeconfig", "holds token and authority itself."),
        .. When(kubernetes.Kubeconfig is { } kubeconfig && !PlainSecrets.IsReference(kubeconfig), "kubeconfig", "name the secret that holds the kubeconfig, and nothing else: ${secret:cluster}.", "A-V12"),
        .. When(kubernetes is { Context: not null, Kubeconfig: null }, "context", "is one of a kubeconfig's."),
        .. Time(model, "within", kubernetes.Within),
    ];

    private static IEnumerable<(string, string, string)> Applied(DeployToKubernetes kubernetes) =>
    [
        .. When(string.IsNullOrWhiteSpace(kubernetes.Manifests) == kubernetes.File is null, "manifests", "write the manifests, or say in file where in the artefact they are, and not both."),
        .. When(kubernetes.File is { } file && !IsRelative(file), "file", "must be a file or folder inside the artefact: relative and without “..”."),
        .. When(kubernetes.Workloads is { Count: > 0 }, "workloads", "are what action: Undo leads back; what is applied stands in the manifests."),
        .. When(kubernetes.Images?.Values.Any(image => !IsFilledLater(image) && !ImageByDigest().IsMatch(image)) == true, "images", "each image is given by its digest, which alone says what will run: registry.example/shop@sha256:…"),
    ];

    private static IEnumerable<(string, string, string)> Undone(DeployToKubernetes kubernetes) =>
    [
        .. When(kubernetes.Workloads is not { Count: > 0 }, "workloads", "say what to lead back, such as deployment/shop."),
        .. When(kubernetes.Workloads?.Any(workload => !IsFilledLater(workload) && !Workload().IsMatch(workload)) == true, "workloads", "each is deployment/name, statefulset/name or daemonset/name."),
        .. When(kubernetes is { Manifests: not null } or { File: not null } or { Images.Count: > 0 }, "manifests", "are for action: Apply."),
    ];

    private static IEnumerable<(string, string, string)> Metric(ModelContent model, CheckMetric metric) =>
    [
        .. Url(metric.Source).Select(remark => (remark.Item1, "source", remark.Item3)),
        .. When(string.IsNullOrWhiteSpace(metric.Query), "query", "say in PromQL which value is looked at."),
        .. When(!IsNumber(model, metric.Threshold), "threshold", "must be a number such as 0.01."),
        .. When(!IsNumber(model, metric.Factor), "factor", "must be a number such as 1.2."),
        .. When(metric is { Baseline: null, Factor: not "1" }, "factor", "multiplies the baseline: say in baseline what is normal."),
        .. When(metric.MinimumSamples is < 0 or > 0 && metric.Samples is null, "minimumSamples", "counts what samples says: give the PromQL that tells how many there are."),
        .. When(metric.Breaches is < 1 or > 100, "breaches", "must be from 1 to 100."),
        .. Time(model, "every", metric.Every),
        .. When(metric.Token is { } token && !PlainSecrets.IsReference(token), "token", "name the secret that holds the token, and nothing else: ${secret:prometheus}.", "A-V12"),
    ];

    private static bool IsNumber(ModelContent model, string text) =>
        IsFilledLater(model.WithDefaults(text)) || (double.TryParse(model.WithDefaults(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number));

    private static bool IsWeight(string text) =>
        text.EndsWith('%') ? int.TryParse(text[..^1], out var share) && share is >= 0 and <= 100 : int.TryParse(text, out var weight) && weight is >= 0 and <= 256;

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

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\-]+(@[A-Za-z0-9:_.\\-]*)?\z")]
    private static partial Regex UnitName();

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]+\z")]
    private static partial Regex HaproxyName();

    [GeneratedRegex(@"^(/\S+|\S+:[0-9]{1,5})\z")]
    private static partial Regex RuntimeAddress();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z")]
    private static partial Regex JournalName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex AnsibleName();

    [GeneratedRegex(@"^ansible_(become[a-z_]*|python_interpreter)\z")]
    private static partial Regex FreeAnsibleVariable();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^(deployment|statefulset|daemonset)/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex Workload();

    [GeneratedRegex(@"^[^\s@]+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex ImageByDigest();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}\z")]
    private static partial Regex ContainerName();

    [GeneratedRegex(@"^(unix:///\S+|npipe://\S+|(tcp|https?)://[^\s/]+/?)\z")]
    private static partial Regex EngineAddress();

    [GeneratedRegex(@"^(([0-9.]+|\[[0-9A-Fa-f:]+\]):)?[0-9]{1,5}:[0-9]{1,5}(/(tcp|udp))?\z")]
    private static partial Regex PublishedPort();

    [GeneratedRegex(@"^[^:\s]+:/[^:]*(:[A-Za-z,]+)?\z")]
    private static partial Regex ContainerVolume();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 _-]{0,38}[A-Za-z0-9]?\z")]
    private static partial Regex ValueName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,31}\z")]
    private static partial Regex Account();
}
