using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>What each kind of step asks of its settings (A-V7, A-V12). Texts with names that only a run can fill are left alone.</summary>
internal static partial class SettingsRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place, StepSettings settings, string member) =>
        Remarks(model, settings).Select(remark => place.Error(remark.Rule, $"{member}.{remark.Member}", remark.Sentence))
            .Concat(Secrets(settings).Select(sentence => place.Error("A-V12", member, sentence)));

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
        CallHttp http => [.. Url(http.Url), .. Statuses(http.ExpectStatus), .. When(!Method().IsMatch(http.Method), "method", "must be a method such as GET or POST.")],
        CheckHttp http => [.. Url(http.Url), .. Statuses(http.ExpectStatus), .. Time(model, "within", http.Within), .. Time(model, "every", http.Every)],
        CheckVersion version => [.. Url(version.Url), .. Time(model, "within", version.Within), .. When(version.Expect.Length == 0, "expect", "say what the target must answer.")],
        CheckDiskSpace space => When(space.MinimumFreeMiB is < 1, "minimumFreeMiB", "must be at least 1."),
        CheckTools tools => [.. When(tools.Tools.Count == 0, "tools", "name at least one program."), .. When(tools.Tools.Any(tool => !Tool().IsMatch(tool)), "tools", "a tool is named as on the PATH, such as tar.")],
        Wait wait => Time(model, "for", wait.For),
        ManualWork manual =>
        [
            .. When(manual.Instruction.Trim().Length < 10, "instruction", "write an instruction that somebody else can follow.", "A-V7"),
            .. Time(model, "expectedDuration", manual.ExpectedDuration, "A-V7"),
            .. When(!Access.PermissionMatrix.Allows([manual.Accountable], Access.Permission.PerformManualSteps), "accountable", $"a {Words.Of(manual.Accountable)} may not perform manual steps.", "A-V7"),
        ],
        _ => [],
    };

    private static IEnumerable<(string, string, string)> Command(string member, IReadOnlyList<string> command) =>
        When(command.Count == 0 || string.IsNullOrWhiteSpace(command[0]), member, "the first item of the command is the program to run.");

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

    /// <summary>No rule can know every secret; this finds those that are written plainly.</summary>
    private static IEnumerable<string> Secrets(StepSettings settings)
    {
        var entries = settings switch
        {
            RunScript script => script.Environment,
            CheckScript script => script.Environment,
            RunSsh ssh => ssh.Environment,
            CallHttp http => http.Headers,
            _ => null,
        };
        foreach (var (name, value) in entries ?? new Dictionary<string, string>())
            if (SecretName().IsMatch(name) && IsReadable(value))
                yield return $"{name} looks like a secret written out. Store it by name and write ${{secret:name}}.";
        if (settings is RunSsh { BecomePassword: { } password } && !SecretReference().IsMatch(password))
            yield return "becomePassword must name a secret, written ${secret:name}.";
        if (Template.TextsIn(settings).Any(text => SecretText().IsMatch(text)))
            yield return "this looks like a password or key written out. Store it by name and write ${secret:name}.";
    }

    /// <summary>Parameters stand in the plan for everybody to read; what a target's variables hold is never a secret.</summary>
    private static bool IsReadable(string value) =>
        value.Length > 0 && !value.Contains("${secret:", StringComparison.Ordinal) && !value.Contains("${target.", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Z]{3,10}$")]
    private static partial Regex Method();

    [GeneratedRegex(@"^[A-Za-z0-9._+-]+$")]
    private static partial Regex Tool();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,31}\z")]
    private static partial Regex Account();

    [GeneratedRegex(@"^\$\{secret:[a-zA-Z0-9_.-]+\}\z")]
    private static partial Regex SecretReference();

    [GeneratedRegex("passw|passwd|secret|token|credential|api.?key|private.?key|^authorization$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"://[^/\s:@$]+:[^/\s@$]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\b(Bearer|Basic) [A-Za-z0-9+/_.=-]{12,}")]
    private static partial Regex SecretText();
}
