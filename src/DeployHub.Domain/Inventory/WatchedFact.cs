using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Inventory;

/// <summary>One thing on a target that must not change unless a run changes it.</summary>
/// <param name="Name">A path, a package, a unit, a port's number, the key of a setting, the key of a component.</param>
/// <param name="File">
/// The configuration file of a setting; the link or file that names a component's version, such as <c>current</c>; the definition that a
/// resource or a task is a part of.
/// </param>
/// <param name="Expect">
/// What it has to be; left out, what was first seen or accepted last. Of a certificate: for how long it has to be valid at least, such as
/// <c>30d</c>. Never said of a component: it has to be what DeployHub deployed last.
/// </param>
/// <param name="Prerequisite">What is deployed needs it, so that a difference is in the way.</param>
/// <param name="Kind">What is looked at.</param>
public sealed partial record WatchedFact(FactKind Kind, string Name, string? File = null, string? Expect = null, bool Prerequisite = false)
{
    public const int Most = 50; // in one place

    private const int LongestText = 200;

    /// <summary>Names it within its target, such as <c>package openssl</c>.</summary>
    [JsonIgnore]
    public string Subject => Kind is FactKind.Setting || IsDefined(Kind) ? $"{Words.Of(Kind)} {Name} of {File}" : $"{Words.Of(Kind)} {Name}";

    [JsonIgnore]
    public DriftSeverity Severity => Prerequisite || Kind is FactKind.Component ? DriftSeverity.Blocking : DriftSeverity.Informational;

    /// <summary>A part of an environment's definition: what the definition says is compared as a whole, by a tool of its own.</summary>
    public static bool IsDefined(FactKind kind) => kind is FactKind.Resource or FactKind.Task;

    /// <summary>What is wrong with how they are written, by the member of the one that is meant.</summary>
    public static IEnumerable<(int Index, string Member, string Sentence)> Objections(IReadOnlyList<WatchedFact> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            foreach (var (member, sentence) in facts[i].Objections()) yield return (i, member, sentence);
            if (facts.Take(i).Any(earlier => earlier.Subject == facts[i].Subject)) yield return (i, nameof(Name), $"The {facts[i].Subject} is named twice; keep one.");
        }
    }

    private IEnumerable<(string Member, string Sentence)> Objections()
    {
        if (NameObjection() is { } name) yield return (nameof(Name), name);
        if (FileObjection() is { } file) yield return (nameof(File), file);
        if (ExpectObjection() is { } expect) yield return (nameof(Expect), expect);
    }

    private string? NameObjection() => Kind switch
    {
        FactKind.Resource => "The resources of a Terraform configuration are looked at by check-terraform, all at once.",
        FactKind.Task => "The tasks of an Ansible playbook are looked at by check-ansible, all at once.",
        _ when Name.Length is 0 or > LongestText || Name.Any(char.IsControl) => $"Say which {Words.Of(Kind)} is looked at, in at most {LongestText} characters.",
        _ when IsFilledLater(Name) => null,
        FactKind.File or FactKind.Certificate when !IsPath(Name) => PathRule,
        FactKind.Package when !PackageName().IsMatch(Name) => "Write the package's name as dpkg or rpm knows it, such as openssl.",
        FactKind.Service when !UnitName().IsMatch(Name) => "Write the unit's name as systemd knows it, such as nginx.service.",
        FactKind.Port when !int.TryParse(Name, out var port) || port is < 1 or > 65535 => "A port is a number from 1 to 65535.",
        FactKind.Component when !Key.IsValid(Name) => "Name the component by its key, such as shop-web.",
        FactKind.Setting when PlainSecrets.IsSecretName(Name) => "Its name says that it is a secret, which nobody may read off here. Look at the file's digest instead.",
        _ => null,
    };

    private string? FileObjection() => (Kind, File) switch
    {
        (FactKind.Setting, null or "") => "Say in which file the setting stands.",
        (FactKind.Component, null or "") => "Say which link or file names the version, such as current.",
        (FactKind.Setting or FactKind.Component, { } file) when file.Length > LongestText || (!IsFilledLater(file) && !IsPath(file)) => PathRule,
        (FactKind.Setting, { } file) when !IsFilledLater(file) && FormatOf(file) is null => "Settings are read from .json, .yaml, .yml, .properties and .env files.",
        (FactKind.Setting or FactKind.Component, _) => null,
        (_, null) => null,
        _ when IsDefined(Kind) => null,
        _ => $"A {Words.Of(Kind)} has no file beside its name.",
    };

    private string? ExpectObjection() => Expect is not { } expect ? null : Kind switch
    {
        FactKind.Component => "A component has to be what DeployHub deployed last; leave this out.",
        _ when expect.Length is 0 or > LongestText || expect.Any(char.IsControl) => $"Say what it has to be in at most {LongestText} characters, or leave it out.",
        _ when IsFilledLater(expect) => null,
        FactKind.File when expect != Absent && Digest.Parse(expect).Error is not null => "A file is compared by sha256: and 64 hexadecimal digits, or has to be absent.",
        FactKind.Port when expect is not (Open or Closed) => "A port is open or closed.",
        FactKind.Certificate when Duration.Parse(expect).Error is { } malformed => malformed.Message,
        _ => null,
    };

    /// <summary>How a file of settings is read, by its name; null when it is not.</summary>
    public static ConfigurationFormat? FormatOf(string file) => new ConfiguredFile(file, new Dictionary<string, string>()).Read() is { } format and not ConfigurationFormat.Xml ? format : null;

    /// <summary>What is seen of something that is not there.</summary>
    public const string Absent = "absent";

    public const string Open = "open";

    public const string Closed = "closed";

    private const string PathRule = "Write a path, absolute or below the target's directory, without “..” and “~”.";

    private static bool IsPath(string path) => path.Length > 0 && path[0] != '~' && !path.EndsWith('/') && !path.Split('/').Contains("..") && !path.Any(char.IsControl);

    private static bool IsFilledLater(string text) => text.Contains("${", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+_:~-]*\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9@._:\\-]*\z")]
    private static partial Regex UnitName();
}

/// <summary>What was seen of it.</summary>
/// <param name="Value">Null when it could not be read.</param>
/// <param name="Trouble">Why it could not be read, in words that follow “could not be read: ”.</param>
/// <param name="ExpiresAt">Until when a certificate is valid.</param>
public sealed record SeenFact(WatchedFact Fact, string? Value, string? Trouble = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Something is there, such as a folder in the place of a file, though it has no value that could be read.</summary>
    [JsonIgnore]
    public bool IsThere { get; init; }
}
