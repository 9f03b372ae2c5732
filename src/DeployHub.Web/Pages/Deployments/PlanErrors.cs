using DeployHub.Domain;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>Commands name a plan's fields <c>Plan.Environment</c>; the form calls them <c>Environment</c>.</summary>
internal static class PlanErrors
{
    private const string Prefix = "Plan.";

    /// <summary>Their members have names of their own.</summary>
    private static readonly string[] ByName = ["Parameters", "Deviations", "People"];

    public static Error ForForm(Error error) => error with
    {
        Fields = error.Fields.GroupBy(field => Named(field.Key), field => field.Value).ToDictionary(field => field.Key, field => field.SelectMany(messages => messages).Distinct().ToArray()),
    };

    private static string Named(string field)
    {
        var own = field.StartsWith(Prefix, StringComparison.Ordinal) ? field[Prefix.Length..] : field;
        return ByName.FirstOrDefault(named => own.StartsWith($"{named}.", StringComparison.Ordinal)) is { } keyed
            ? $"{keyed}[{own[(keyed.Length + 1)..]}]"
            : own.Split('[')[0];
    }
}
