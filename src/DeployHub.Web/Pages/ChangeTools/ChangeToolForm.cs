using DeployHub.Domain;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.ChangeTools;

/// <summary>What people type about a change tool.</summary>
public sealed class ChangeToolForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public ChangeToolKind Kind { get; set; }

    public string? Address { get; set; }

    public string? Secret { get; set; }

    public string? Pattern { get; set; }

    /// <summary>States, one a line or separated by commas.</summary>
    public string? Authorised { get; set; }

    public WhenUnreachable Unreachable { get; set; }

    /// <summary>What an authorised change is worth: a select, so that both answers are read.</summary>
    public bool? StandsForApprovals { get; set; }

    public string? StartField { get; set; }

    public string? EndField { get; set; }

    /// <summary>The row version that was looked at.</summary>
    public uint? Seen { get; set; }

    public ChangeToolSettings ToSettings() => new(
        Name ?? "", Kind, Address?.Trim() ?? "", Secret.OrNull(), Pattern.OrNull(),
        (Authorised ?? "").Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Unreachable, StartField.OrNull(), EndField.OrNull(), StandsForApprovals ?? false);

    public static ChangeToolForm Of(ShowChangeTool.View tool) => new()
    {
        Key = tool.Key,
        Name = tool.Settings.Name,
        Kind = tool.Settings.Kind,
        Address = tool.Settings.Address,
        Secret = tool.Settings.Secret,
        Pattern = tool.Settings.Pattern,
        Authorised = string.Join(", ", tool.Settings.Authorised),
        Unreachable = tool.Settings.Unreachable,
        StandsForApprovals = tool.Settings.StandsForApprovals,
        StartField = tool.Settings.StartField,
        EndField = tool.Settings.EndField,
        Seen = tool.RowVersion,
    };

    public static string Meaning(WhenUnreachable unreachable) => unreachable switch
    {
        WhenUnreachable.AcceptLastKnown => "what it said last counts, however long ago",
        _ => "nothing starts whose change was not seen within 15 minutes",
    };

    public static string Worth(bool standsForApprovals) => standsForApprovals
        ? "stands for the approvals of normal changes here"
        : "is needed besides the approvals here";

    /// <summary>Refusals name the command's fields; the form has them side by side.</summary>
    public static Error ForForm(Error error) => error with { Fields = error.Fields.ToDictionary(field => FieldOf(field.Key), field => field.Value) };

    private static string FieldOf(string name)
    {
        var field = name.Replace("Settings.", "", StringComparison.Ordinal);
        return field.StartsWith("Authorised[", StringComparison.Ordinal) ? nameof(Authorised) : field;
    }
}
