using System.Text.RegularExpressions;

namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>Whose interface it speaks.</summary>
public enum ChangeToolKind
{
    /// <summary>Change requests by the table API.</summary>
    ServiceNow,

    /// <summary>Issues by REST, version 2.</summary>
    Jira,
}

/// <summary>What counts while a change tool does not answer.</summary>
public enum WhenUnreachable
{
    /// <summary>Nothing starts whose change was not seen lately.</summary>
    Hold,

    /// <summary>What was seen last counts, however long ago.</summary>
    AcceptLastKnown,
}

/// <summary>Where changes are kept outside, and which of their states let a run start.</summary>
/// <param name="Name">Shown to people, such as ServiceNow.</param>
/// <param name="Address">Where it begins, such as <c>https://acme.service-now.com</c>.</param>
/// <param name="Secret">Name of the secret that opens it, never the secret itself: a token, or <c>user:password</c>.</param>
/// <param name="Pattern">Of references that belong to it, whole; empty for what is usual with the kind.</param>
/// <param name="Authorised">States in which a change may be carried out; empty for what is usual with the kind.</param>
/// <param name="Unreachable">What counts while it does not answer.</param>
/// <param name="StartField">Of Jira: the field that holds when the change is planned to start, such as <c>customfield_10101</c>.</param>
/// <param name="EndField">Of Jira: the same for its end.</param>
/// <param name="StandsForApprovals">An authorised change stands for the approvals of the table in domain §2.6; otherwise it is needed besides them.</param>
public sealed record ChangeToolSettings(
    string Name, ChangeToolKind Kind, string Address, string? Secret = null, string? Pattern = null, IReadOnlyList<string>? Authorised = null,
    WhenUnreachable Unreachable = WhenUnreachable.Hold, string? StartField = null, string? EndField = null, bool StandsForApprovals = false)
{
    private const RegexOptions Reading = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    /// <summary>A pattern comes from outside: it costs time in proportion to what it looks at, and no more than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private static readonly string[] UsualInServiceNow = ["Scheduled", "Implement"];
    private static readonly string[] UsualInJira = ["Approved", "Awaiting implementation", "Implementing"];

    public string Pattern { get; init; } = string.IsNullOrEmpty(Pattern) ? UsualPattern(Kind) : Pattern;

    public IReadOnlyList<string> Authorised { get; init; } = Authorised is { Count: > 0 } ? Authorised : Usual(Kind);

    public static string UsualPattern(ChangeToolKind kind) => kind is ChangeToolKind.Jira ? "[A-Z][A-Z0-9]+-[0-9]+" : "CHG[0-9]{4,}";

    public static IReadOnlyList<string> Usual(ChangeToolKind kind) => kind is ChangeToolKind.Jira ? UsualInJira : UsualInServiceNow;

    /// <summary>Whether it knows the change of this reference, in capital or small letters: the tools themselves tell no difference.</summary>
    public bool Claims(string reference)
    {
        try
        {
            return Regex.IsMatch(reference, Whole(Pattern), Reading, Patience); // which keeps the patterns that it read
        }
        catch (Exception exception) when (exception is RegexMatchTimeoutException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether what was seen under the other settings says the same under these.</summary>
    public bool SeesAs(ChangeToolSettings other) => Address == other.Address && Authorised.SequenceEqual(other.Authorised, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for what is no pattern, or one that could take long.</summary>
    public static Regex? Read(string pattern)
    {
        try
        {
            return new Regex(Whole(pattern), Reading, Patience);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";

    /// <summary>A state goes by what people read or by its value. ServiceNow approves a change apart from moving it on, and both have to be there.</summary>
    /// <param name="names">Of the state: what people read, and the value.</param>
    public bool Authorises(IEnumerable<string> names, string? approval) =>
        names.Any(name => Authorised.Contains(name, StringComparer.OrdinalIgnoreCase))
        && (Kind is not ChangeToolKind.ServiceNow || string.Equals(approval, "approved", StringComparison.OrdinalIgnoreCase));
}
